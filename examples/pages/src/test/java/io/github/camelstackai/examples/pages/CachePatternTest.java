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

import com.github.benmanes.caffeine.cache.Cache;
import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.examples.pages.PatternPage.Language;
import io.github.camelstackai.simulator.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.component.caffeine.cache.CaffeineCacheEndpoint;
import org.apache.camel.util.ReflectionHelper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers in a cache. */
class CachePatternTest extends PatternTest {
    private static final String HEADING = "Answers from a cache";

    @ParameterizedTest
    @EnumSource(Language.class)
    void questionRunsOnce(Language language) throws Exception {
        start(HEADING, language);
        for (int i = 0; i < 3; i++) {
            assertThat(send("q").getMessage().getBody()).isEqualTo("Answer to: q");
        }
        assertThat(send("r").getMessage().getBody()).isEqualTo("Answer to: r");
        assertThat(asked("faq")).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void cachedQuestionIsAnsweredWhileTheServiceIsDown(Language language) throws Exception {
        start(HEADING, language);
        send("q");
        simulator().script(request -> Reply.error(503, "down"));
        assertThat(send("q").getMessage().getBody()).isEqualTo("Answer to: q");
        assertThat(send("r").getException()).isInstanceOf(StackAiOperationFailedException.class);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void failureIsNotCached(Language language) throws Exception {
        start(HEADING, language);
        simulator().enqueue(Reply.error(503, "down"));
        send("q");
        assertThat(send("q").getMessage().getBody()).isEqualTo("Answer to: q");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void runThatPausesFailsWhereItsAnswerIsCached(Language language) throws Exception {
        start(HEADING, language);
        simulator().enqueue(Reply.json(Map.of("run_id", "r-1", "state", "PAUSED", "outputs", Map.of())));
        assertThat(send("q").getException(CamelExchangeException.class)).hasMessageContaining("No value");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void answerExpiresAfterAnHour(Language language) throws Exception {
        start(HEADING, language);
        send("q");
        List<CaffeineCacheEndpoint> endpoints = context.getEndpoints().stream()
                .filter(CaffeineCacheEndpoint.class::isInstance)
                .map(CaffeineCacheEndpoint.class::cast)
                .toList();
        assertThat(endpoints).hasSize(2).allSatisfy(endpoint -> assertThat(
                        cache(endpoint).policy().expireAfterWrite())
                .hasValueSatisfying(hour -> assertThat(hour.getExpiresAfter()).isEqualTo(Duration.ofHours(1))));
    }

    private static Cache<?, ?> cache(CaffeineCacheEndpoint endpoint) throws ReflectiveOperationException {
        return (Cache<?, ?>) ReflectionHelper.getField(CaffeineCacheEndpoint.class.getDeclaredField("cache"), endpoint);
    }
}
