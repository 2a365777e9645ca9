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
package io.github.camelstackai.examples.quickstart;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Replaces a flow that triages support tickets: recognises category, urgency and language by keywords. */
final class SimulatedTriage implements Function<Map<String, Object>, Map<String, Object>> {
    private static final Pattern URGENT =
            pattern("\\b(urgent\\w*|urgente|asap|ahora|now|immediately|sofort|dringend|third time|written twice)\\b");
    private static final Pattern RELAXED =
            pattern("\\b(not urgent|eilt nicht|no hurry|thank you|small wish)\\b|いただけます");

    /** Name, next step, keywords. */
    private static final List<Topic> CATEGORIES = topics("""
            other ~ Read the ticket and sort it by hand. ~ \\bplease\\b
            outage ~ Call the customer and page the engineer on duty. ~ \\b(outage|down|503|api|parada|no funciona|ausgefallen|en panne)\\b
            billing ~ Compare the payments with the invoices; refund, or issue a new invoice. ~ \\b(invoice|charged|refund\\w*|payment|facture|tva|comptabilité|rechnung|factura)\\b
            access ~ Unlock the account and send a link to set a new password. ~ \\b(log ?in|locked|unlock|password|passwort|mot de passe|contraseña)\\b
            delivery ~ Ask the carrier where the parcel is and tell the customer the new date. ~ \\b(delivery|parcel|lieferung|paket|sendungsverfolgung|bestellung|zustellung|livraison|colis)\\b
            defect ~ Repeat the steps, attach the log to a defect report and name a workaround. ~ \\b(crash\\w*|bug|error|went wrong|steps|export)\\b
            cancellation ~ Confirm the end date and explain how to export the data. ~ \\b(cancel\\w*|kündig\\w*|résili\\w*)\\b|解約|手続き
            praise and wishes ~ Pass the thanks on and add the wish to the list. ~ \\b(thank you|wonderful|love|joy|wish|merci beaucoup)\\b
            """);

    /** Name, reply, keywords. */
    private static final List<Topic> LANGUAGES = topics("""
            English ~ Thank you for writing. We are working on it and will reply today. ~ \\b(the|and|you|i)\\b
            German ~ Vielen Dank für Ihre Nachricht. Wir kümmern uns darum und melden uns heute noch. ~ \\b(der|die|das|und|ich|wir|nicht)\\b
            French ~ Merci pour votre message. Nous nous en occupons et revenons vers vous aujourd'hui. ~ \\b(le|la|les|est|que|notre|nous|vous)\\b
            Spanish ~ Gracias por su mensaje. Ya estamos en ello y le contestaremos hoy mismo. ~ \\b(el|la|los|las|que|una|desde|por)\\b
            Japanese ~ ご連絡ありがとうございます。担当者が確認し、本日中にご返信いたします。 ~ [ぁ-んァ-ン]
            """);

    @Override
    public Map<String, Object> apply(Map<String, Object> inputs) {
        if (!(inputs.get("in-0") instanceof String text) || text.isBlank()) {
            throw new IllegalArgumentException("the input in-0 has no text");
        }
        Topic category = bestMatch(CATEGORIES, text);
        Topic language = bestMatch(LANGUAGES, text);
        return Map.of("out-0", """
                Category: %s, urgency: %s
                Next step: %s
                Reply (%s): %s
                """.formatted(
                        category.name(), urgency(text, category), category.text(), language.name(), language.text()));
    }

    private static String urgency(String text, Topic category) {
        if (RELAXED.matcher(text).find()) {
            return "low";
        }
        return category.name().equals("outage") || URGENT.matcher(text).find() ? "high" : "normal";
    }

    /** The topic with the most keywords in the text; the first of equals. */
    private static Topic bestMatch(List<Topic> topics, String text) {
        return topics.stream()
                .sorted(Comparator.comparingLong(topic -> -topic.matches(text)))
                .findFirst()
                .orElseThrow();
    }

    private static List<Topic> topics(String table) {
        return table.lines()
                .map(line -> line.split(" ~ "))
                .map(cells -> new Topic(cells[0], cells[1], pattern(cells[2])))
                .toList();
    }

    private static Pattern pattern(String words) {
        return Pattern.compile(
                words, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);
    }

    private record Topic(String name, String text, Pattern keywords) {
        long matches(String ticket) {
            return keywords.matcher(ticket).results().count();
        }
    }
}
