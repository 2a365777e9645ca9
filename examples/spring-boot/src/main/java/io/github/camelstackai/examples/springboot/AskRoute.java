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
package io.github.camelstackai.examples.springboot;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** Answers a POST to /ask: a text is the input of the flow, a JSON object contains all its inputs. */
@Component
public class AskRoute extends RouteBuilder {
    @Override
    public void configure() {
        from("platform-http:/ask?httpMethodRestrict=POST")
                .to("stackai:run:{{flow}}")
                .removeHeaders("*"); // otherwise Camel returns the headers of the request
    }
}
