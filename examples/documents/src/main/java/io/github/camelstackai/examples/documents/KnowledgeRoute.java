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
import io.github.camelstackai.StackAiOperationFailedException;
import org.apache.camel.builder.RouteBuilder;

/** Keeps a knowledge base in step with a folder: a new version of a file replaces the one before. */
final class KnowledgeRoute extends RouteBuilder {
    static final String ID = "knowledge";

    private static final String EARLIER = "earlier";

    private final ResourceIds ids;

    KnowledgeRoute(ResourceIds ids) {
        this.ids = ids;
    }

    @Override
    public void configure() {
        from("file:{{work}}/inbox?initialDelay=0&move=../stored&moveFailed=../failed")
                .routeId(ID)
                .to("stackai:knowledge?knowledgeBaseId={{knowledge-base}}&awaitIndexed=true&totalTimeout=10m")
                .log("${file:name} is indexed as ${header." + StackAiConstants.RESOURCE_ID + "}")
                .setProperty(EARLIER, method(ids, "earlier"))
                .bean(ids, "store")
                .filter(exchangeProperty(EARLIER).isNotNull())
                .setHeader(StackAiConstants.RESOURCE_ID, exchangeProperty(EARLIER))
                .doTry()
                .to("stackai:knowledge?knowledgeBaseId={{knowledge-base}}&action=delete")
                .doCatch(StackAiOperationFailedException.class)
                .onWhen(simple("${exception.statusCode} == 404")) // somebody else has deleted it
                .log("${file:name}: there is no earlier version any more")
                .end();
    }
}
