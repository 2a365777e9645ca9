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
package io.github.camelstackai.examples.quarkus;

import static io.restassured.RestAssured.given;
import static org.hamcrest.CoreMatchers.containsString;
import static org.hamcrest.CoreMatchers.is;
import static org.hamcrest.CoreMatchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.camelstackai.simulator.StackAiSimulator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An application with a key that the service refuses. */
@QuarkusTest
@TestProfile(RefusedKeyTest.RefusedKey.class)
@QuarkusTestResource(SimulatedStackAi.class)
class RefusedKeyTest {
    private static final String KEY = "key-that-is-refused";

    public static class RefusedKey implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("camel.component.stackai.api-key", KEY);
        }
    }

    StackAiSimulator simulator;

    @Test
    void isNotReadyAndSaysWhy() {
        for (int i = 0; i < 10; i++) {
            given().get("/q/health/ready")
                    .then()
                    .statusCode(503)
                    .body("status", is("DOWN"))
                    .body("checks.find { it.name == 'camel-producers' }.status", is("DOWN"))
                    .body(
                            "checks.find { it.name == 'camel-producers' }.data.reason",
                            containsString("check the credential"))
                    .body(not(containsString(KEY)));
        }
        assertEquals(1, simulator.requestCount(), "it asks the service once in 10 s");
        given().get("/q/health/live").then().statusCode(200);
    }
}
