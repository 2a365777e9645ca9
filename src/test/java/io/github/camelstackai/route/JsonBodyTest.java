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
package io.github.camelstackai.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.simulator.Reply;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.model.dataformat.JsonLibrary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An answer that is an object or list works in a route as one that is the text of it. */
class JsonBodyTest extends RouteTest {
    /** What the flow answers with. */
    public record Ticket(String title, int priority) {}

    @BeforeEach
    void answerWithAnObject() {
        stackAi()
                .script(request ->
                        Reply.text("{\"outputs\":{\"out-0\":{\"title\":\"Bill\",\"priority\":2}},\"run_id\":\"r1\"}"));
    }

    @Test
    void unmarshalReadsIt() throws Exception {
        startRoutes(routes ->
                routes.from("direct:start").to("stackai:run:f").unmarshal().json(JsonLibrary.Jackson, Ticket.class));
        Exchange exchange = send("q");
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo(new Ticket("Bill", 2));
    }

    @Test
    void validatorReadsIt() throws Exception {
        startRoutes(routes ->
                routes.from("direct:start").to("stackai:run:f").to("json-validator:recipes/ticket.schema.json"));
        Exchange exchange = send("q");
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo(Map.of("title", "Bill", "priority", 2));
    }

    @Test
    void textAndBytesOfItAreJson() {
        String json = "{\"title\":\"Bill\",\"priority\":2}";
        Exchange exchange = call("stackai:run:f");
        assertThat(exchange.getMessage().getBody()).isEqualTo(Map.of("title", "Bill", "priority", 2));
        assertThat(exchange.getMessage().getBody(String.class)).isEqualTo(json);
        assertThat(exchange.getMessage().getBody(byte[].class))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(json);
        assertThat(exchange.getMessage().getBody(InputStream.class)).hasContent(json);
    }

    @Test
    void listAndMapOfOutputsAreJsonAsWell() {
        stackAi().script(request -> Reply.text("{\"outputs\":{\"out-0\":[1.50,{\"a\":null}]},\"run_id\":\"r1\"}"));
        Exchange list = call("stackai:run:f");
        assertThat(list.getMessage().getBody()).isInstanceOf(List.class);
        assertThat(list.getMessage().getBody(String.class)).isEqualTo("[1.50,{\"a\":null}]");
        assertThat(call("stackai:run:f?response=outputs").getMessage().getBody(String.class))
                .isEqualTo("{\"out-0\":[1.50,{\"a\":null}]}");
        assertThat(call("stackai:run:f?response=full").getMessage().getBody(String.class))
                .startsWith("{\"outputs\":{\"out-0\":[1.50");
    }

    @Test
    void metadataIsJsonAsWell() {
        stackAi().script(request -> Reply.text("{\"latency\":1.5}"));
        assertThat(call("stackai:metadata:f").getMessage().getBody(String.class))
                .isEqualTo("{\"latency\":1.5}");
    }
}
