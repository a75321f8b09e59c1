// Words that no text may have, by language: what a person of ten would not know, what a machine would say, and what
// would tell whoever looks over her shoulder what the page is for. "-" at the end: and whatever goes on from there.
// `gendered`: forms that speak to a man or to a woman, where there is another way to say it.

import type { Language } from "../languages";

export interface WordsToAvoid {
  hard: readonly string[];
  telling: readonly string[];
  gendered: readonly string[];
}

const machine = [
  ...["encrypt-", "decrypt-", "cipher-", "cryptograph-", "authenticat-", "authoris-", "authoriz-", "credential-"],
  ...["moderat-", "configur-", "parameter-", "protocol-", "token-", "server-", "cache-", "cookie-", "database-"],
  ...["wasm", "websocket-", "url", "javascript", "timeout-", "initiali-", "invalid-", "exception-", "pseudonym-"],
  ...["login", "admin-", "user", "users", "session-", "submit-", "terminat-", "error-", "failure-", "anonym-"],
];

/** What staff have been taught, and may read on their own screens. */
export const knownToStaff: readonly string[] = [
  ...["session-", "sessione", "sessioni", "جلسة", "الجلسة", "certificat-", "moderat-", "modérat-", "pseudonym-"],
];

export const wordsToAvoid: Record<Language, WordsToAvoid> = {
  en: {
    hard: [
      ...machine,
      ...["regarding", "however", "therefore", "furthermore", "utili-", "obtain-", "additional-", "currently"],
      ...["previously", "subsequent-", "approximate-", "via", "prior", "whom", "disclos-", "vulnerab-", "beneficiar-"],
    ],
    telling: ["traffick-", "victim-", "survivor-", "traum-", "prostitut-", "exploit-", "abus-"],
    gendered: ["his", "her", "she", "he", "him", "sister-", "brother-", "girls?", "ladies", "lady"],
  },
  it: {
    hard: [
      ...["crittograf-", "cifrat-", "autentic-", "autorizz-", "credenzial-", "moderat-", "moderaz-", "configur-"],
      ...["parametr-", "protocoll-", "token", "server", "cache", "cookie", "database", "certificat-", "sessione"],
      ...["sessioni", "timeout", "inizializz-", "terminar-", "utente", "utenti", "pseudonim-", "anonim-", "login"],
      ...["errore", "eccezione", "tuttavia", "pertanto", "inoltre", "qualora", "suddett-", "effettuar-", "usufruir-"],
      ...["mediante", "tramite", "ulterior-", "precedentemente", "relativ-", "vulnerabil-", "provveder-", "bensì"],
    ],
    telling: ["vittim-", "traum-", "prostitu-", "sfruttament-", "sfruttat-", "abus-", "sopravvissut-", "tratta"],
    gendered: [
      ...[
        "benvenut-",
        "invitat[oaie]",
        "sei stat[oa]",
        "sei pront[oa]",
        "car[oa]",
        "tutt[oa]/",
        "\\p{L}+ə",
        "amic[oa]",
      ],
      ...["\\p{L}+\\*", "il facilitatore", "la facilitatrice", "facilitatore", "facilitatrice", "sei sol[oa]"],
    ],
  },
  fr: {
    hard: [
      ...[
        "chiffré-",
        "chiffrement-",
        "crypt-",
        "authentifi-",
        "autoris-",
        "modérat-",
        "modérer",
        "configur-",
        "paramètr-",
        "protocol-",
      ],
      ...["jeton-", "serveur-", "cache", "cookie-", "certificat-", "session-", "identifiant-", "invalide-", "login"],
      ...["erreur-", "exception-", "initialis-", "utilisateur-", "utilisatrice-", "pseudonym-", "anonym-"],
      ...["toutefois", "cependant", "néanmoins", "veuillez", "effectu-", "procéd-", "ultérieur-", "préalabl-"],
      ...["concernant", "afin", "via", "vulnérab-", "bénéficiaire-", "divulgu-", "lorsqu-"],
    ],
    telling: ["victime-", "traum-", "prostitu-", "exploit-", "abus-", "survivant-", "traite", "proxénèt-"],
    gendered: [
      ...[
        "bienvenue?s?",
        "invitée?s?",
        "prête?s?",
        "es seule?",
        "chère?s?",
        "\\p{L}+·\\p{L}+",
        "\\p{L}+\\(e\\)",
        "amie?s?",
      ],
      ...["animateur", "animatrice", "facilitateur", "facilitatrice", "es venue?", "es partie?", "es sûre?"],
      ...["il/elle", "une guide", "un guide", "une autre guide", "toi seule?"],
    ],
  },
  pcm: {
    hard: machine,
    telling: ["traffick-", "victim-", "survivor-", "traum-", "prostitut-", "exploit-", "abus-", "ashawo", "runs"],
    gendered: ["sister-", "broda-", "sista-", "madam", "oga", "aunty", "uncle"],
  },
  ar: {
    hard: [
      ...["تشفير", "التشفير", "مشفر", "مشفرة", "مصادقة", "المصادقة", "خادم", "الخادم", "بروتوكول", "جلسة", "الجلسة"],
      ...["مستخدم", "المستخدم", "غير صالح", "غير صالحة", "استثناء", "إعدادات", "معلمة", "مجهول", "خصوصا", "لاسيما"],
      ...["بالتالي", "علاوة", "آنفا", "المذكور", "أعلاه", "وفقا", "بموجب", "إشراف"],
    ],
    telling: [
      "ضحية",
      "الضحية",
      "ضحايا",
      "اتجار",
      "الاتجار",
      "صدمة",
      "استغلال",
      "الاستغلال",
      "دعارة",
      "ناجية",
      "ناجيات",
    ],
    gendered: [
      ...["أنتَ", "أنتِ", "عزيزي", "عزيزتي", "اكتب", "اكتبي", "اضغط", "اضغطي", "افتح", "افتحي", "أغلق", "أغلقي"],
      ...["انتظر", "انتظري", "حاول", "حاولي", "اطلب", "اطلبي", "اختر", "اختاري", "تأكد", "تأكدي", "اسأل", "اسألي"],
      ...["أرسل", "أرسلي", "انظر", "انظري", "جرب", "جربي", "تريد", "تريدين", "تستطيع", "تستطيعين", "تكتبين", "أخبر"],
      ...["أخبري", "تواصل مع", "تواصلي", "كن", "كوني", "مدعو", "مدعوة", "مرحبا بكِ", "وحدكِ", "عد", "عودي", "تابعي"],
      ...["تحتاج إلى", "تحتاجين", "تراه", "ترين", "تفتحين", "تغلقين", "تكون", "تكونين", "\\p{L}+/ة", "\\p{L}+\\(ة\\)"],
    ],
  },
};
