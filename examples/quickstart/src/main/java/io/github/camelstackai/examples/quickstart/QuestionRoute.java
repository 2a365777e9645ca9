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

import io.github.camelstackai.StackAiChunk;
import org.apache.camel.builder.RouteBuilder;

/** Processes each chunk of the flow's answer on arrival. */
final class QuestionRoute extends RouteBuilder {
    private final LiveAnswer answer;

    QuestionRoute(LiveAnswer answer) {
        this.answer = answer;
    }

    @Override
    public void configure() {
        from("direct:question")
                .errorHandler(noErrorHandler()) // the caller reports the failure
                .to("stackai:stream:{{flow}}")
                .split(body())
                .streaming()
                .process(exchange -> answer.show(exchange.getMessage().getBody(StackAiChunk.class)));
    }
}
