#include "data/storyworld_phrases.h"

#include <stddef.h>
#include "data/storyworld_lexicon.h"

#define LIST(name) static const StoryPhrase name[]
#define END                                                                                        \
    {                                                                                              \
        0, NULL                                                                                    \
    }

/* --- people, places, weather -------------------------------------------------------------------- */

LIST(lives) = {{0, "there once was a:A called name:A"},
               {0, "name:A was a:A who lived near P"},
               {0, "a:A called name:A lived near P"},
               {0, "once upon a time there was a:A whose name was name:A"},
               {0, "name:A was a:A"},
               {0, "name:A lived in a small house near P"},
               {PHRASE_OF_CHILD, "name:A was a:A with many brothers and sisters"},
               END};
LIST(is_at) = {{0, "A was in:P"},
               {0, "A spent the day in:P"},
               {0, "A stood in:P"},
               {0, "A was alone in:P"},
               {0, "A was busy in:P"},
               {0, "A stayed in:P for a while"},
               END};
LIST(weather) = {{0, "the sun was shining"},
                 {0, "it was a warm summer day"},
                 {0, "a cold wind was blowing"},
                 {0, "snow covered the ground"},
                 {0, "it had rained all night"},
                 {0, "thick fog lay over the land"},
                 {0, "dark clouds filled the sky"},
                 {0, "it was a clear winter morning"},
                 {0, "the leaves were falling"},
                 {0, "spring had come at last"},
                 {0, "the first stars were in the sky"},
                 {0, "thunder rolled far away"},
                 END};
LIST(goes) = {{0, "A went to:P"},          {0, "A walked to:P"},
              {0, "A ran to:P"},           {0, "A hurried to:P"},
              {0, "A set off for P"},      {0, "A made his:A way to:P"},
              {0, "A took the path to:P"}, {0, "A left for P"},
              {0, "A came to:P"},          END};
LIST(goes_spoken) = {{0, "\"I am going to:P,\" said:A."}, {0, "\"I will go to:P,\" A said."}, END};
LIST(go_together) = {{0, "A went to:P with B:him"},
                     {0, "A took B:him to:P"},
                     {0, "A and name:B went to:P"},
                     {0, "A and name:B walked to:P together"},
                     {0, "A and name:B set off for P"},
                     {0, "B went with A:him to:P"},
                     END};
LIST(go_together_spoken) = {{0, "\"Let us go to:P,\" A said, and off they went."},
                            {0, "\"Come with me to:P!\" said:A, and they went there together."},
                            END};
LIST(comes) = {{0, "B came to:P"},
               {0, "B came to:P too"},
               {0, "A met B:him in:P"},
               {0, "A saw B:him in:P"},
               {0, "B joined A:him in:P"},
               {0, "B came to see A:him in:P"},
               END};
LIST(does) = {{0, "A did:P"}, {0, "A did:P"}, {0, "A did:P there"}, END};
LIST(wants_to_go) = {{0, "A wanted to go to:P"},
                     {0, "A wanted to be in:P"},
                     {0, "A longed to be in:P"},
                     {0, "A hoped to spend the day in:P"},
                     {0, "A dreamed of a day in:P"},
                     {0, "A wished to go to:P"},
                     {0, "what A wanted most was to go to:P"},
                     END};
LIST(wants_to_go_spoken) = {
    {0, "\"I want to go to:P,\" said:A."}, {0, "\"I wish I were in:P!\" A said."}, END};
LIST(is_kept) = {{0, "A could not get to:P"},
                 {0, "the way to:P was closed"},
                 {0, "deep snow lay on the way to:P"},
                 {0, "a storm kept A:him from going to:P"},
                 {0, "A was too ill to go to:P"},
                 {0, "nobody would take A:him to:P"},
                 {0, "A never got to:P"},
                 {0, "A had to work and could not go to:P"},
                 END};
LIST(misses) = {{0, "A missed B:him"},
                {0, "A missed B:him very much"},
                {0, "A wanted to see B:him"},
                {0, "A longed to see B:him again"},
                {0, "A wished that B were there"},
                {0, "A often thought of B:him"},
                END};
LIST(misses_spoken) = {
    {0, "\"I miss name:B,\" said:A."}, {0, "\"I wish name:B were here,\" A said."}, END};
LIST(is_away) = {{0, "B was not there"},
                 {0, "B was not in:P"},
                 {0, "nobody in:P had seen B:him"},
                 {0, "B had already gone away"},
                 {0, "A did not find B:him in:P"},
                 {0, "A waited, but B never came"},
                 END};
LIST(meets) = {{0, "A met B:him in:P"},
               {0, "A found B:him in:P"},
               {0, "B was waiting for A:him in:P"},
               {0, "A saw B:him in:P"},
               {0, "B happened to be in:P"},
               {0, "A and name:B met in:P"},
               END};
LIST(thanks) = {{0, "A thanked B:him"},    {0, "A said thank you to B:him"},
                {0, "A hugged B:him"},     {0, "A thanked B:him with all his:A heart"},
                {0, "A shook B:his hand"}, END};
LIST(thanks_spoken) = {{0, "\"Thank you, name:B!\" said:A."},
                       {0, "\"You are so kind,\" A said to B:him."},
                       {0, "\"Thank you!\" A said. \"You are a true friend.\""},
                       END};
LIST(sorry) = {{0, "A was sorry"},
               {0, "A said sorry to B:him"},
               {0, "A begged B:his pardon"},
               {0, "A felt bad about it"},
               END};
LIST(sorry_spoken) = {
    {0, "\"I am sorry, name:B,\" said:A."}, {0, "\"Please forgive me,\" A said to B:him."}, END};
LIST(birthday) = {{0, "it was A:his birthday"},
                  {0, "A had a birthday"},
                  {0, "A:his birthday came"},
                  {0, "friends came to A:his birthday"},
                  END};

/* --- having and wanting ------------------------------------------------------------------------- */

LIST(has) = {{0, "A had a:O"},
             {0, "A owned a:O"},
             {0, "A loved his:A np:O"},
             {0, "A was very fond of his:A np:O"},
             {OBJECT_THING | OBJECT_ANIMAL, "A took good care of his:A np:O"},
             {OBJECT_THING, "A got a:O from his:A grandmother"},
             {OBJECT_THING, "A never went out without his:A np:O"},
             {OBJECT_FOOD, "A carried a:O in his:A basket"},
             {OBJECT_ANIMAL, "A had a:O for a pet"},
             {OBJECT_SMALL, "A kept a:O in his:A pocket"},
             END};
LIST(uses) = {{0, "A used:O O"},
              {OBJECT_THING | OBJECT_ANIMAL, "A used:O O every day"},
              {0, "A used:O O with care"},
              END};
LIST(wants) = {{0, "A wanted a:O"},
               {0, "A wished for a:O"},
               {0, "A dreamed of a:O"},
               {0, "A longed for a:O"},
               {0, "A had always wanted a:O"},
               {0, "A needed a:O"},
               {0, "A hoped to get a:O"},
               {0, "what A wanted most was a:O"},
               {0, "A would have given anything for a:O"},
               END};
LIST(wants_spoken) = {{0, "\"I want a:O,\" said:A."},
                      {0, "\"I wish I had a:O!\" A said."},
                      {0, "\"If only I had a:O!\" said:A."},
                      END};
LIST(envies) = {{0, "A wanted to have O"},
                {0, "A liked O and wanted to have them:O"},
                {0, "A wished that O:it belonged to him:A"},
                {0, "A wanted O for himself:A"},
                {0, "A could not take his:A eyes off O"},
                {0, "A hoped to get O"},
                END};
LIST(envies_spoken) = {{0, "\"I would love to have the np:O!\" said:A."}, END};
LIST(wants_back) = {{0, "A wanted O back"},
                    {0, "A wanted to have O again"},
                    {0, "A needed O again"},
                    {0, "A began to miss O"},
                    END};
LIST(still_wants) = {{0, "A still wanted a:O"},          {0, "A had hoped for a:O"},
                     {0, "it was a:O that A wanted"},    {0, "A still had no n:O"},
                     {0, "A would rather have had a:O"}, END};
LIST(asks) = {{0, "A asked B:him for O"},
              {0, "A begged B:him for O"},
              {0, "A asked if he:A could have O"},
              {0, "A asked B:him to hand O over"},
              END};
LIST(asks_spoken) = {{0, "\"May I have the n:O?\" A asked."},
                     {0, "\"Please give me the n:O,\" A said to B:him."},
                     {0, "\"Can I have the n:O, name:B?\" asked:A."},
                     END};
LIST(refuses) = {{0, "A would not give B:him O:thing"}, {0, "A did not give O to B:him"},
                 {0, "A kept O for himself:A"},         {0, "A refused to give B:him O:thing"},
                 {0, "A did not let B:him have O"},     {0, "A said no and kept O"},
                 {0, "A would not part with O"},        END};
LIST(refuses_spoken) = {{0, "\"No, the n:O is:O mine,\" said:A."},
                        {0, "\"You cannot have them:O,\" A said to B:him."},
                        {0, "\"I will not give you the n:O,\" said:A."},
                        END};
LIST(owner) = {{0, "A had O"},
               {0, "now A had O"},
               {0, "O:it was:O with A:him now"},
               {0, "from then on A had O"},
               {0, "it was name:A who had O"},
               {0, "A was the one who had O"},
               END};
LIST(owner_spoken) = {
    {0, "\"Where is:O the n:O?\" people asked. \"name:A has them:O,\" was the answer."}, END};

/* --- things that move ---------------------------------------------------------------------------- */

LIST(gives) = {{0, "A gave B:him O:thing"},
               {0, "A gave O to B:him"},
               {0, "A made B:him a present of O"},
               {0, "B got O from A:him"},
               {0, "B was given O by A:him"},
               {0, "A let B:him have O"},
               {0, "B received O from A:him"},
               {OBJECT_LIFELESS, "A handed O to B:him"},
               {OBJECT_LIFELESS, "A handed B:him O:thing"},
               {OBJECT_SMALL, "A put O into B:his hand"},
               END};
LIST(gives_spoken) = {{0, "\"The n:O is:O for you,\" said:A and gave them:O to B:him."},
                      {OBJECT_LIFELESS, "\"Here, take them:O,\" A said and gave O to B:him."},
                      {0, "\"You may have the n:O,\" A told B:him and gave them:O away."},
                      END};
LIST(lends) = {{0, "A lent B:him O:thing"},          {0, "A lent O to B:him"},
               {0, "A let B:him borrow O"},          {0, "B borrowed O from A:him"},
               {0, "B got O from A:him for a week"}, END};
LIST(returns) = {{0, "A gave O back to B:him"},
                 {0, "A brought O back to B:him"},
                 {0, "A returned O to B:him"},
                 {0, "B got O back from A:him"},
                 {0, "A gave B:him O:thing back"},
                 {0, "B got back O:thing from A:him"},
                 END};
LIST(returns_spoken) = {{0, "\"This belongs to you,\" said:A and gave O back to B:him."},
                        {0, "\"Here is:O your n:O,\" A said and gave them:O back to B:him."},
                        END};
LIST(takes) = {{0, "A took O from B:him"},
               {0, "A took O away from B:him"},
               {0, "A stole O from B:him"},
               {0, "B had to give O to A:him"},
               {0, "O:it was:O taken from B:him by A:him"},
               {OBJECT_LIFELESS, "A grabbed O from B:him"},
               {OBJECT_LIFELESS, "A snatched O away from B:him"},
               END};
LIST(takes_spoken) = {{0, "\"The n:O is:O mine now!\" said:A and took them:O from B:him."}, END};
LIST(swaps) = {{0, "A gave B:him Q for O"},
               {0, "A gave Q to B:him and got O"},
               {0, "A and name:B swapped Q for O"},
               {0, "A got O from B:him for Q"},
               {0, "B took Q and gave A:him O:thing"},
               END};
LIST(loses) = {{0, "A lost O in:P"},
               {0, "A left O behind in:P"},
               {0, "A forgot O in:P"},
               {OBJECT_LIFELESS, "A dropped O in:P and did not notice"},
               {OBJECT_LIFELESS, "O:it fell out of A:his bag in:P"},
               {OBJECT_SMALL, "O:it fell out of A:his pocket in:P"},
               {OBJECT_ANIMAL, "O:it ran away from A:him in:P"},
               {OBJECT_ANIMAL, "A lost sight of O in:P"},
               END};
LIST(loses_spoken) = {{0, "\"I have lost my n:O in:P!\" said:A."},
                      {0, "\"Oh no, my n:O is:O gone!\" said:A in:P."},
                      END};
LIST(searches) = {{0, "A looked for O"},
                  {0, "A looked everywhere for O"},
                  {0, "A searched for O in:P"},
                  {0, "A went back and looked for O"},
                  {0, "A looked for O all day"},
                  {0, "A asked everybody about O"},
                  {0, "A turned over every stone to find O"},
                  {OBJECT_ANIMAL, "A called and called for O"},
                  END};
LIST(searches_spoken) = {{0, "\"Where is:O my n:O?\" A asked."},
                         {0, "\"Have you seen my n:O?\" A asked everybody."},
                         END};
LIST(finds) = {{0, "A found O in:P"},
               {0, "A saw O in:P and took them:O"},
               {0, "A discovered O in:P"},
               {0, "A came upon O in:P"},
               {0, "A came across O in:P"},
               {OBJECT_LIFELESS, "A picked O up in:P"},
               {OBJECT_ANIMAL, "A caught O in:P"},
               END};
LIST(finds_spoken) = {{0, "\"Look, here is:O the n:O!\" said:A in:P and took them:O."}, END};
LIST(fails_to_find) = {{0, "A could not find O"},
                       {0, "A did not find O"},
                       {0, "A could not find O anywhere"},
                       {0, "O:it was:O gone"},
                       {0, "O:it was:O nowhere to be seen"},
                       {0, "A never found O"},
                       {0, "A found nothing"},
                       {0, "A gave up the search for O"},
                       END};
LIST(fails_to_find_spoken) = {
    {0, "\"The n:O is:O gone,\" said:A."}, {0, "\"I cannot find the n:O,\" A said."}, END};
LIST(puts_down) = {{0, "A left O in:P"},
                   {OBJECT_LIFELESS, "A hid O in:P"},
                   {OBJECT_LIFELESS, "A put O in a safe spot in:P"},
                   {OBJECT_LIFELESS, "A put O down in:P"},
                   END};
LIST(object_place) = {{0, "O:it was:O in:P"},
                      {0, "O:it was:O still in:P"},
                      {0, "O:it stayed in:P"},
                      {0, "one could see O in:P"},
                      END};
LIST(person_place) = {{0, "A was in:P"},
                      {0, "A was still in:P"},
                      {0, "A stayed in:P"},
                      {0, "one could see A:him in:P"},
                      END};
LIST(eats) = {{0, "A ate O"},           {0, "A ate O up"},    {0, "A ate every bit of O"},
              {0, "A had O for lunch"}, {0, "A swallowed O"}, END};
LIST(eats_spoken) = {{0, "\"How good it tastes!\" said name:A, who ate O."}, END};

/* --- things that are made, bought, broken, won ---------------------------------------------------- */

LIST(breaks) = {{0, "A broke:O O"},
                {0, "A broke:O O by mistake"},
                {0, "A fell on O and broke:O them:O"},
                {0, "A dropped O and broke:O them:O"},
                {0, "A was not careful and broke:O O"},
                END};
LIST(breaks_spoken) = {{0, "\"Oh dear!\" said name:A, who broke:O O."}, END};
LIST(mends) = {{0, "A mended O"},
               {0, "A fixed O"},
               {0, "A repaired O"},
               {0, "A made O as good as new"},
               {0, "A managed to mend O"},
               {0, "O:it was:O mended by A:him"},
               {0, "A was able to repair O"},
               END};
LIST(mends_spoken) = {{0, "\"Now the n:O is:O as good as new,\" said name:A, who mended them:O."},
                      END};
LIST(fails_to_mend) = {{0, "A could not mend O"},
                       {0, "A was not able to fix O"},
                       {0, "A did not know how to repair O"},
                       {0, "A tried to mend O but failed"},
                       {0, "A tried in vain to repair O"},
                       END};
LIST(fails_to_mend_spoken) = {{0, "\"Nobody can mend the n:O,\" said:A."}, END};
LIST(saves) = {{0, "A counted his:A money"},
               {0, "A saved his:A money"},
               {0, "A put some money aside"},
               {0, "A worked hard and saved his:A pennies"},
               END};
LIST(buys) = {{0, "A bought O in:P"},
              {0, "A paid for O in:P"},
              {0, "A spent his:A money on O in:P"},
              {0, "A bought himself:A O:thing in:P"},
              {0, "A got O for a good price in:P"},
              END};
LIST(fails_to_buy) = {{0, "A could not pay for the:O"},
                      {0, "the:O cost too much"},
                      {0, "A did not have enough money for the:O"},
                      {0, "there was:O no n:O left in:P"},
                      {0, "A could not buy a:O in:P"},
                      {0, "the:O was:O far too dear"},
                      END};
LIST(fails_to_buy_spoken) = {
    {0, "\"You do not have enough money for the n:O,\" people told A:him."}, END};
LIST(makes) = {{0, "A made:O O"},
               {0, "A made:O O with his:A own hands"},
               {0, "A worked all day and made:O O"},
               {0, "A sat down and made:O O"},
               {0, "A learned how it was done and made:O O"},
               END};
LIST(fails_to_make) = {{0, "A tried to make a:O but failed"}, {0, "A did not know how to make a:O"},
                       {0, "A could not make a:O"},           {0, "A tried in vain to make a:O"},
                       {OBJECT_FOOD, "A burned the:O"},       END};
LIST(race) = {{0, "there was a race in:P, and the prize was a:O"},
              {0, "A ran a race with B:him in:P for a:O"},
              {0, "A and name:B ran a race in:P for a:O"},
              {0, "whoever won the race in:P would get a:O"},
              END};
LIST(wins) = {{0, "A won O"},
              {0, "A won the race and got O"},
              {0, "A came first and got O"},
              {0, "A was the fastest and won O"},
              {0, "O:it went to A:him"},
              END};

/* --- feelings -------------------------------------------------------------------------------------- */

LIST(happy) = {{0, "A was happy"},
               {0, "A was very happy"},
               {0, "A was glad"},
               {0, "A smiled"},
               {0, "A laughed"},
               {0, "A was full of joy"},
               {0, "A jumped for joy"},
               {0, "A danced and sang"},
               {0, "A could not stop smiling"},
               {0, "A felt wonderful"},
               {0, "A had never been so happy"},
               {0, "A sang all day"},
               {0, "A clapped his:A hands"},
               {0, "it was the best day of A:his life"},
               {0, "A was in high spirits"},
               {0, "A:his eyes were bright"},
               END};
LIST(happy_spoken) = {{0, "\"This is the best day ever!\" said:A."},
                      {0, "\"I am so happy!\" said:A."},
                      {0, "\"How lucky I am!\" A said."},
                      END};
LIST(proud) = {{0, "A was proud"},
               {0, "A was proud of himself:A"},
               {0, "A felt very proud"},
               {0, "A held his:A head high"},
               {0, "A told everybody about it with a smile"},
               END};
LIST(thankful) = {{0, "A was thankful"},
                  {0, "A was very grateful"},
                  {0, "A felt lucky"},
                  {0, "A wanted to hug everybody"},
                  END};
LIST(relieved) = {{0, "A was relieved"},
                  {0, "A felt much better"},
                  {0, "A smiled again"},
                  {0, "A dried his:A tears"},
                  {0, "a weight fell from A:his heart"},
                  END};
LIST(sad) = {{0, "A was sad"},
             {0, "A was very sad"},
             {0, "A was unhappy"},
             {0, "A cried"},
             {0, "A began to cry"},
             {0, "A wept"},
             {0, "tears ran down A:his face"},
             {0, "A hung his:A head"},
             {0, "A felt terrible"},
             {0, "A was close to tears"},
             {0, "A sat down and cried"},
             {0, "A did not want to talk to anyone"},
             {0, "A:his heart was heavy"},
             {0, "it was the worst day of A:his life"},
             {0, "A could not sleep that night"},
             END};
LIST(sad_spoken) = {{0, "\"This is a terrible day,\" said:A."},
                    {0, "\"I am so sad,\" said:A."},
                    {0, "\"Why did this happen to me?\" A asked."},
                    END};
LIST(angry) = {{0, "A was angry"},
               {0, "A was furious"},
               {0, "A stamped his:A foot"},
               {0, "A was upset"},
               {0, "A:his face turned red with anger"},
               END};
LIST(angry_spoken) = {{0, "\"That is not fair!\" said:A."}, END};
LIST(disappointed) = {{0, "A was disappointed"},
                      {0, "A sighed"},
                      {0, "A turned away with a sad face"},
                      {0, "A could have cried"},
                      END};
LIST(lonely) = {{0, "A was lonely"},
                {0, "A felt alone"},
                {0, "A sat alone all day"},
                {0, "A had nobody to talk to"},
                END};

const StoryPhrases storyworld_phrases_moods[N_MOODS] = {
    [MOOD_HAPPY] = {happy, happy_spoken},
    [MOOD_PROUD] = {proud, happy_spoken},
    [MOOD_THANKFUL] = {thankful, happy_spoken},
    [MOOD_RELIEVED] = {relieved, happy_spoken},
    [MOOD_SAD] = {sad, sad_spoken},
    [MOOD_ANGRY] = {angry, angry_spoken},
    [MOOD_DISAPPOINTED] = {disappointed, sad_spoken},
    [MOOD_LONELY] = {lonely, sad_spoken},
};

const StoryPhrases storyworld_phrases[N_EVENT_KINDS] = {
    [EVENT_LIVES] = {lives, NULL},
    [EVENT_IS_AT] = {is_at, NULL},
    [EVENT_WEATHER] = {weather, NULL},
    [EVENT_HAS] = {has, NULL},
    [EVENT_USES] = {uses, NULL},
    [EVENT_GOES] = {goes, goes_spoken},
    [EVENT_GO_TOGETHER] = {go_together, go_together_spoken},
    [EVENT_COMES] = {comes, NULL},
    [EVENT_DOES] = {does, NULL},
    [EVENT_WANTS] = {wants, wants_spoken},
    [EVENT_ENVIES] = {envies, envies_spoken},
    [EVENT_WANTS_BACK] = {wants_back, NULL},
    [EVENT_ASKS] = {asks, asks_spoken},
    [EVENT_REFUSES] = {refuses, refuses_spoken},
    [EVENT_GIVES] = {gives, gives_spoken},
    [EVENT_LENDS] = {lends, NULL},
    [EVENT_RETURNS] = {returns, returns_spoken},
    [EVENT_TAKES] = {takes, takes_spoken},
    [EVENT_SWAPS] = {swaps, NULL},
    [EVENT_LOSES] = {loses, loses_spoken},
    [EVENT_SEARCHES] = {searches, searches_spoken},
    [EVENT_FINDS] = {finds, finds_spoken},
    [EVENT_FAILS_TO_FIND] = {fails_to_find, fails_to_find_spoken},
    [EVENT_BREAKS] = {breaks, breaks_spoken},
    [EVENT_MENDS] = {mends, mends_spoken},
    [EVENT_FAILS_TO_MEND] = {fails_to_mend, fails_to_mend_spoken},
    [EVENT_SAVES] = {saves, NULL},
    [EVENT_BUYS] = {buys, NULL},
    [EVENT_FAILS_TO_BUY] = {fails_to_buy, fails_to_buy_spoken},
    [EVENT_MAKES] = {makes, NULL},
    [EVENT_FAILS_TO_MAKE] = {fails_to_make, NULL},
    [EVENT_PUTS] = {puts_down, NULL},
    [EVENT_EATS] = {eats, eats_spoken},
    [EVENT_WANTS_TO_GO] = {wants_to_go, wants_to_go_spoken},
    [EVENT_IS_KEPT] = {is_kept, NULL},
    [EVENT_MISSES] = {misses, misses_spoken},
    [EVENT_IS_AWAY] = {is_away, NULL},
    [EVENT_MEETS] = {meets, NULL},
    [EVENT_BIRTHDAY] = {birthday, NULL},
    [EVENT_STILL_WANTS] = {still_wants, NULL},
    [EVENT_RACE] = {race, NULL},
    [EVENT_WINS] = {wins, NULL},
    [EVENT_THANKS] = {thanks, thanks_spoken},
    [EVENT_SORRY] = {sorry, sorry_spoken},
    [EVENT_FEELS] = {happy, NULL}, /* by mood, above */
    [EVENT_OWNER] = {owner, owner_spoken},
    [EVENT_OBJECT_PLACE] = {object_place, NULL},
    [EVENT_PERSON_PLACE] = {person_place, NULL},
    [EVENT_RECALLS] = {happy, NULL}, /* the recalled event's own */
};

/* --- what stands before a clause --------------------------------------------------------------------- */

const char *const storyworld_phrases_openings[] = {
    "one day",  "one morning", "one afternoon", "early one morning",  "last summer", "last winter",
    "long ago", "one Sunday",  "one fine day",  "on a quiet evening", NULL};
const char *const storyworld_phrases_then[] = {"",
                                               "",
                                               "",
                                               "then",
                                               "then",
                                               "after that",
                                               "soon",
                                               "a little later",
                                               "a moment later",
                                               "not long after",
                                               NULL};
const char *const storyworld_phrases_so[] = {"", "", "so", NULL};
const char *const storyworld_phrases_but[] = {"",    "but",      "but",  "but",
                                              "yet", "however,", "then", NULL};
const char *const storyworld_phrases_later[] = {"",
                                                "later",
                                                "the next day",
                                                "the next morning",
                                                "a week later",
                                                "after a while",
                                                "that evening",
                                                "some days later",
                                                "before long",
                                                NULL};
const char *const storyworld_phrases_good_end[] = {
    "", "luckily,", "at last", "in the end", "to everyone's surprise,", NULL};
const char *const storyworld_phrases_bad_end[] = {
    "", "but", "sadly,", "in the end", "but in the end", NULL};
const char *const storyworld_phrases_recall[] = {
    "that was how",      "everybody heard how",      "people still tell how",
    "nobody forgot how", "soon they all heard that", NULL};
