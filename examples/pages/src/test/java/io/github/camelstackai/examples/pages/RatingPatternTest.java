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
package io.github.camelstackai.examples.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.examples.pages.PatternPage.Language;
import io.github.camelstackai.simulator.RecordedFeedback;
import org.apache.camel.Exchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Two versions of a flow, and what persons think of their answers. */
class RatingPatternTest extends PatternTest {
    private static final String HEADING = "Two versions and their ratings";

    @ParameterizedTest
    @EnumSource(Language.class)
    void oneQuestionInFiveGoesToTheNewVersion(Language language) throws Exception {
        start(HEADING, language);
        for (int i = 0; i < 10; i++) {
            assertThat(send("q").getException()).isNull();
        }
        assertThat(asked("assistant"))
                .extracting(request -> request.query("version"))
                .filteredOn("8"::equals)
                .hasSize(2);
        assertThat(asked("assistant"))
                .extracting(request -> request.query("version"))
                .containsOnly("7", "8");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void ratingNamesTheRunAndItsVersion(Language language) throws Exception {
        start(HEADING, language);
        Exchange answer = send("q");
        template.requestBodyAndHeaders(
                "direct:rating", "good", answer.getMessage().getHeaders());
        String run = answer.getMessage().getHeader(StackAiConstants.RUN_ID, String.class);
        assertThat(simulator().feedback())
                .containsExactly(new RecordedFeedback(run, simulator().orgId(), "assistant", "version 7: good"));
    }

    @ParameterizedTest
    @CsvSource({"JAVA, CLOSED", "JAVA, UNAVAILABLE", "YAML, CLOSED", "YAML, UNAVAILABLE"})
    void ratingFailsWhileTheServiceIsDown(Language language, Outage outage) throws Exception {
        down(outage);
        start(HEADING, language);
        Exchange rating = template.send("direct:rating", exchange -> {
            exchange.getMessage().setBody("good");
            exchange.getMessage().setHeader(StackAiConstants.RUN_ID, "r-1");
        });
        assertThat(rating.getException()).isNotNull();
    }
}
