-- KEYS: mail. Answers {type, body} or nil.
return answer_in(KEYS[1])
