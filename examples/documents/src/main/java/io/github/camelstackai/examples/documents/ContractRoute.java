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
package io.github.camelstackai.examples.documents;

import io.github.camelstackai.StackAiConstants;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** Answers the question in the body with a contract that is uploaded for it, and deletes the contract again. */
final class ContractRoute extends RouteBuilder {
    static final String CONTRACT = "contract";

    private static final String DOCUMENTS = "stackai:documents:{{flow}}?node={{node}}";
    private static final String QUESTION = "question";

    @Override
    public void configure() {
        from("direct:question")
                .routeId("question")
                .errorHandler(noErrorHandler()) // the caller reports the failure
                // files stay with their user, so each question has one of its own
                .setHeader(StackAiConstants.USER_ID, simple("contract-${exchangeId}"))
                .setVariable(QUESTION, body())
                .setBody(variable(CONTRACT))
                .setHeader(Exchange.FILE_NAME, simple("${body.name}"))
                .to(DOCUMENTS)
                .doTry()
                .setBody(variable(QUESTION))
                .to("stackai:run:{{flow}}")
                .setVariable("answer", body())
                .doFinally()
                .to(DOCUMENTS + "&action=delete")
                .end()
                .setBody(variable("answer"));
    }
}
