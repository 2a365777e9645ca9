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
package io.github.camelstackai;

import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** How the output of a run, or of a collected stream, is read. Not thread-safe. */
@UriParams
public abstract class StackAiOutputConfiguration extends StackAiStreamConfiguration {
    @UriParam(
            enums = "json",
            description =
                    "Run and collected stream: how the body is read. With json, text becomes a map, list, number or"
                            + " boolean if it is JSON, a Python literal, or has exactly one fenced block of either; other text"
                            + " fails. If not set, text stays text.")
    private StackAiOutputFormat outputFormat;

    @UriParam(
            description =
                    "Run and collected stream: name of the class that the body is bound to by the component's ObjectMapper,"
                            + " such as com.acme.Ticket, or of a generic type with its arguments in angle brackets."
                            + " Implies outputFormat=json.")
    private String outputClass;

    StackAiOutputConfiguration() {}

    public StackAiOutputFormat getOutputFormat() {
        return outputFormat;
    }

    public void setOutputFormat(StackAiOutputFormat outputFormat) {
        this.outputFormat = outputFormat;
    }

    public String getOutputClass() {
        return outputClass;
    }

    public void setOutputClass(String outputClass) {
        this.outputClass = outputClass;
    }
}
