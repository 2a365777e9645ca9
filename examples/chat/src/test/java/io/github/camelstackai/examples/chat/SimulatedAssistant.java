/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.github.camelstackai.examples.chat;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.camel.support.LRUCacheFactory;

/** Replaces a support assistant: finds an answer by keywords, and remembers the last question of each user. */
final class SimulatedAssistant implements Function<Map<String, Object>, Map<String, Object>> {
    private static final Pattern MEMORY = pattern("before|remember");
    private static final List<Topic> TOPICS = List.of(
            new Topic("password|log ?in|sign ?in|locked", """
                    You can set a new password yourself in about a minute:

                    1. Open the sign-in page and choose "Forgot password".
                    2. Enter the e-mail address of your account. The link that we send is good for 30 minutes.
                    3. Choose a password of at least 12 characters. You stay signed in on this device; all others are signed out.

                    No e-mail after five minutes? Look into the spam folder, then ask your workspace owner to check the address on file."""),
            new Topic("price|cost|plan|invoice|charge|refund|pay", """
                    The Team plan is 12 euros for each person and month, or 120 euros for the year, so two months are free.

                    It has everything in Starter, and adds shared folders, single sign-on and answers from support within four hours. You can try it for 14 days without a card.

                    If you change in the middle of a month you pay only for the days that are left, and the invoice shows both plans line by line."""),
            new Topic("parcel|order|deliver|ship|track", """
                    Parcels leave our warehouse on the day of the order when it arrives before 2 p.m., and take one to three working days from there.

                    The tracking link in the e-mail of dispatch shows where yours is. If it has not moved for two working days, write the order number here: I open a search with the carrier, and you get a new parcel at once if it is not found within 48 hours."""),
            new Topic("export|data|delete|privacy|gdpr", """
                    All that is yours can be taken along or deleted, under Settings, Privacy.

                    "Export" puts everything into one ZIP archive: documents in their original format, and the rest as CSV. For 10 GB that takes about a quarter of an hour; we write to you when it is ready.

                    "Delete" needs the confirmation of a second owner, and is final after 30 days. Until then one click takes it back."""));

    /** The last question of each user. */
    private final Map<String, String> memory = LRUCacheFactory.newLRUCache(1000);

    @Override
    public Map<String, Object> apply(Map<String, Object> inputs) {
        String question = String.valueOf(inputs.get("in-0"));
        String previous = memory.put(String.valueOf(inputs.get("user_id")), question);
        return Map.of("out-0", MEMORY.matcher(question).find() ? remember(previous) : answer(question));
    }

    private static String remember(String previous) {
        return previous == null ? "This is your first question." : "You asked: " + previous;
    }

    private static String answer(String question) {
        return TOPICS.stream()
                .filter(topic -> topic.words().matcher(question).find())
                .map(Topic::answer)
                .findFirst()
                .orElse(
                        "I am a simulator. I can answer questions about passwords, prices, parcels, and your data, and I "
                                + "remember what you asked before.\n\n"
                                + "With the credentials of a StackAI account in the environment, this page asks your own flow.");
    }

    private static Pattern pattern(String words) {
        return Pattern.compile(words, Pattern.CASE_INSENSITIVE);
    }

    private record Topic(Pattern words, String answer) {
        Topic(String words, String answer) {
            this(pattern(words), answer);
        }
    }
}
