// Names that a hurried reader takes for one another, and their innocent neighbours, who may come in together.
#include "client-lib/circle/joining/names.hpp"

#include <gtest/gtest.h>

namespace veranda::circle {
namespace {

using Names = std::pair<std::string_view, std::string_view>;

class LookAlikes : public testing::TestWithParam<Names> {};
INSTANTIATE_TEST_SUITE_P(OfEveryKind, LookAlikes,
                         testing::Values(Names{"Iris", "iris"}, Names{"Iris", "IRIS"},          // case
                                         Names{"Blue Bird", "bluebird"}, Names{"Ana.", "Ana"},  // small signs
                                         Names{"Ana", "Ana\u00a0"}, Names{"Ana", "A\u200cna"},  // not to be seen
                                         Names{"José", "Jose"}, Names{"Jose\u0301", "José"},    // accents
                                         Names{"Nguyễn", "Nguyen"}, Names{"Łucja", "Lucja"},    //
                                         Names{"Ａｎａ", "Ana"},                                // width
                                         Names{"Іrіs", "Iris"}, Names{"Аmаrа", "Amara"},        // Cyrillic
                                         Names{"НОРЕ", "HOPE"}, Names{"Вова", "BOBA"},          //
                                         Names{"Αmara", "Amara"}, Names{"ΝΙΚΗ", "NIKH"},        // Greek
                                         Names{"Νίκη", "ΝΙΚΗ"}, Names{"Оля", "оля"},            // their own case
                                         Names{"R0se", "Rose"}, Names{"ROSE", "R0SE"},          // 0 and O
                                         Names{"1ris", "Iris"}, Names{"lris", "Iris"},          // 1, l and I
                                         Names{"lRlS", "Iris"}, Names{"Nila", "NiIa"},          //
                                         Names{"Arnina", "Amina"}, Names{"rnira", "mira"},      // rn and m
                                         Names{"Vvilma", "Wilma"},                              // vv and w
                                         Names{"أمل", "امل"}, Names{"أمـــل", "أمل"}));         // Arabic

TEST_P(LookAlikes, AreOneNameBothWaysAround) {
    EXPECT_TRUE(looks_like(GetParam().first, GetParam().second));
    EXPECT_TRUE(looks_like(GetParam().second, GetParam().first));
}

class Neighbours : public testing::TestWithParam<Names> {};
INSTANTIATE_TEST_SUITE_P(WhoDiffer, Neighbours,
                         testing::Values(Names{"Ana", "Anna"}, Names{"Maria", "Marie"}, Names{"Lila", "Ilia"},
                                         Names{"Lea", "Lia"}, Names{"Mina", "Nina"}, Names{"Amin", "Armin"},
                                         Names{"Carol", "Karol"}, Names{"Ivan", "Evan"}, Names{"Ron", "Rom"},
                                         Names{"Rosa 2", "Rosa 3"}, Names{"Рита", "Pita"}, Names{"Катя", "Kata"},
                                         Names{"Ольга", "Olga"}, Names{"Νίκος", "Nikos"}, Names{"أمل", "أمال"},
                                         Names{"Ali", "Alia"}, Names{"Ann", "Anne"}, Names{"字", "學"}));

TEST_P(Neighbours, AreTwo) {
    EXPECT_FALSE(looks_like(GetParam().first, GetParam().second));
    EXPECT_FALSE(looks_like(GetParam().second, GetParam().first));
}

TEST(Names, WhatStaffAreCalledIsRefusedInFiveLanguagesAndDisguises) {
    for (const std::string_view name :
         {"Facilitator", "facilitator 2", "Ana (admin)",     "Moderator",  "the.counsellor",
          "ADMIN1",      "Adm1n",         "Аdmin",           "A d m i n",  "Modératrice",
          "moderatrice", "Facilitatore",  "Amministratrice", "المشرفة",    "مشرف",
          "Veranda",     "Team",          "m0derator",       "Médiatrice", "oga"}) {
        const auto checked = check_not_of_staff(name);
        ASSERT_FALSE(checked) << name;
        EXPECT_TRUE(checked.error().is(faults::pseudonym_of_staff));
    }
}

TEST(Names, NeighboursOfWhatStaffAreCalledPass) {
    for (const std::string_view name : {"Padmini", "Adina", "Modesta", "Teammy", "Iris", "Leadbetter", "Amina",
                                        "Stafford", "مريم", "Blue Bird", "12"})
        EXPECT_TRUE(check_not_of_staff(name)) << name;
}

}  // namespace
}  // namespace veranda::circle
