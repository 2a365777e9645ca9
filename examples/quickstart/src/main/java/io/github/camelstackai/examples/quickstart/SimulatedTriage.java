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

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Stands in for a flow that triages support tickets: finds category, urgency and language by their words. */
final class SimulatedTriage implements Function<Map<String, Object>, Map<String, Object>> {
    private static final Pattern URGENT =
            pattern("\\b(urgent\\w*|urgente|asap|ahora|now|immediately|sofort|dringend|third time|written twice)\\b");
    private static final Pattern RELAXED =
            pattern("\\b(not urgent|eilt nicht|no hurry|thank you|small wish)\\b|いただけます");

    @Override
    public Map<String, Object> apply(Map<String, Object> inputs) {
        Object ticket = inputs.get("in-0");
        if (!(ticket instanceof String text) || text.isBlank()) {
            throw new IllegalArgumentException("the input in-0 holds no text");
        }
        Category category = mostly(Category.values(), text);
        Language language = mostly(Language.values(), text);
        String answer = "Category: " + category.title + ", urgency: " + urgency(text, category) + "\n"
                + "Next step: " + category.nextStep + "\n"
                + "Reply (" + language.title + "): " + language.reply + "\n";
        return Map.of("out-0", answer);
    }

    private static String urgency(String text, Category category) {
        if (RELAXED.matcher(text).find()) {
            return "low";
        }
        return category == Category.OUTAGE || URGENT.matcher(text).find() ? "high" : "normal";
    }

    /** The one with most words found; of equals the first. */
    private static <T extends Enum<T> & Words> T mostly(T[] values, String text) {
        return Arrays.stream(values)
                .max(Comparator.<T>comparingLong(
                                value -> value.words().matcher(text).results().count())
                        .thenComparing(Comparator.<T>reverseOrder()))
                .orElseThrow();
    }

    private static Pattern pattern(String words) {
        return Pattern.compile(
                words, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);
    }

    private interface Words {
        Pattern words();
    }

    private enum Category implements Words {
        OTHER("other", "Read the ticket and sort it by hand.", "\\bplease\\b"),
        OUTAGE(
                "outage",
                "Call the customer and page the engineer on duty.",
                "\\b(outage|down|503|api|parada|no funciona|ausgefallen|en panne)\\b"),
        BILLING(
                "billing",
                "Compare the payments with the invoices; refund, or issue a new invoice.",
                "\\b(invoice|charged|refund\\w*|payment|facture|tva|comptabilité|rechnung|factura)\\b"),
        ACCESS(
                "access",
                "Unlock the account and send a link to set a new password.",
                "\\b(log ?in|locked|unlock|password|passwort|mot de passe|contraseña)\\b"),
        DELIVERY(
                "delivery",
                "Ask the carrier where the parcel is and tell the customer the new date.",
                "\\b(delivery|parcel|lieferung|paket|sendungsverfolgung|bestellung|zustellung|livraison|colis)\\b"),
        DEFECT(
                "defect",
                "Repeat the steps, attach the log to a defect report and name a workaround.",
                "\\b(crash\\w*|bug|error|went wrong|steps|export)\\b"),
        CANCELLATION(
                "cancellation",
                "Confirm the date of the end and explain how to export the data.",
                "\\b(cancel\\w*|kündig\\w*|résili\\w*)\\b|解約|手続き"),
        PRAISE(
                "praise and wishes",
                "Pass the thanks on and add the wish to the list.",
                "\\b(thank you|wonderful|love|joy|wish|merci beaucoup)\\b");

        private final String title;
        private final String nextStep;
        private final Pattern words;

        Category(String title, String nextStep, String words) {
            this.title = title;
            this.nextStep = nextStep;
            this.words = pattern(words);
        }

        @Override
        public Pattern words() {
            return words;
        }
    }

    private enum Language implements Words {
        ENGLISH(
                "English",
                "Thank you for writing. We are on it and will be back to you today.",
                "\\b(the|and|you|i)\\b"),
        GERMAN(
                "German",
                "Vielen Dank für Ihre Nachricht. Wir kümmern uns darum und melden uns heute noch.",
                "\\b(der|die|das|und|ich|wir|nicht)\\b"),
        FRENCH(
                "French",
                "Merci pour votre message. Nous nous en occupons et revenons vers vous aujourd'hui.",
                "\\b(le|la|les|est|que|notre|nous|vous)\\b"),
        SPANISH(
                "Spanish",
                "Gracias por su mensaje. Ya estamos en ello y le contestaremos hoy mismo.",
                "\\b(el|la|los|las|que|una|desde|por)\\b"),
        JAPANESE("Japanese", "ご連絡ありがとうございます。担当者が確認し、本日中にご返信いたします。", "[ぁ-んァ-ン]");

        private final String title;
        private final String reply;
        private final Pattern words;

        Language(String title, String reply, String words) {
            this.title = title;
            this.reply = reply;
            this.words = pattern(words);
        }

        @Override
        public Pattern words() {
            return words;
        }
    }
}
