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
package io.github.camelstackai.route.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiFailure;
import io.github.camelstackai.StackAiStream;
import io.github.camelstackai.simulator.RecordedRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every attack in every place of a message: it arrives unchanged as text, or nothing is sent. */
class HostileRequestTest extends HostileTest {
    private static final Set<String> OURS =
            Set.of("accept", "authorization", "connection", "content-length", "content-type", "host", "user-agent");

    static Stream<Arguments> everywhere() {
        return RequestPlace.ALL.stream()
                .flatMap(place -> Attack.ALL.stream().map(attack -> Arguments.of(place, attack)));
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void attackArrivesAsTextOrIsNotSent(RequestPlace place, Attack attack) {
        stackAi().reset();
        Exchange exchange = template().request(place.uri(), e -> {
            e.getMessage().setBody("q");
            place.put().accept(e.getMessage(), attack.text());
        });
        if (exchange.getMessage().getBody() instanceof StackAiStream stream) {
            stream.close();
        }
        if (stackAi().requestCount() == 0) {
            assertThat(exchange.getException())
                    .as("why nothing was sent")
                    .isInstanceOfAny(IllegalArgumentException.class, InvalidPayloadException.class);
        } else {
            assertThat(stackAi().requestCount()).isEqualTo(1);
            assertThat(exchange.getException()).matches(e -> e == null || e instanceof StackAiFailure);
            check(stackAi().requests().get(0), place, attack);
        }
        assertAllShowable(exchange.getException());
    }

    private static void check(RecordedRequest request, RequestPlace place, Attack attack) {
        assertThat(request.rawUri())
                .matches("[!-~]+")
                .startsWith("/inference/v0/")
                .doesNotContain("/../", "/./", "#", "\\");
        assertThat(headerNames(request)).isSubsetOf(OURS);
        assertThat(request.header("Host")).isEqualTo("127.0.0.1:" + stackAi().port());
        if (place.arrived() != null) {
            assertThat(place.arrived().apply(request))
                    .isIn(attack.text(), replaced(attack.text()), attack.text().isBlank() ? null : attack.text());
        } else {
            assertThat(request.rawUri())
                    .isEqualTo("/inference/v0/run/" + stackAi().orgId() + "/f");
            assertThat(request.header("Authorization"))
                    .isEqualTo("Bearer " + stackAi().apiKey());
            assertThat(request.json()).isEqualTo(Map.of("in-0", "q"));
        }
    }

    private static Set<String> headerNames(RecordedRequest request) {
        Set<String> names = new TreeSet<>();
        request.headers().forEach(header -> names.add(header.getKey().toLowerCase(Locale.ROOT)));
        return names;
    }

    /** UTF-8 has no unpaired surrogates. */
    private static String replaced(String text) {
        return new String(text.getBytes(UTF_8), UTF_8);
    }
}
