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
package io.github.camelstackai.examples.osgi;

import org.apache.camel.builder.RouteBuilder;

/** Answers each ticket as a whole, and each question as the flow writes, in a file of the same name. */
final class FileRoutes extends RouteBuilder {
    private final String folder;

    FileRoutes(String folder) {
        this.folder = folder;
    }

    @Override
    public void configure() {
        from("file:" + folder + "/tickets?moveFailed=.failed")
                .to("stackai:run:triage")
                .to("file:" + folder + "/answers");

        from("file:" + folder + "/questions?moveFailed=.failed")
                .to("stackai:stream:assistant")
                .split(body())
                .streaming()
                .stopOnException()
                .convertBodyTo(String.class)
                .to("file:" + folder + "/answers?fileExist=Append");
    }
}
