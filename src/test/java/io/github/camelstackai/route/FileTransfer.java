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

import io.github.camelstackai.StackAiComponent;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** Uploads or downloads one file; runs in a JVM of its own with a small heap. */
public final class FileTransfer {
    private FileTransfer() {}

    /**
     * The arguments are the base URL and, for an upload, the file. Prints what came: the answer to the upload, or length and
     * checksum of what was downloaded, and then the temporary files that are left.
     */
    public static void main(String[] arguments) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            StackAiComponent component = new StackAiComponent();
            component.getConfiguration().setBaseUrl(arguments[0]);
            component.getConfiguration().setApiKey("sim-key");
            component.getConfiguration().setOrgId("sim-org");
            component.getConfiguration().setUserId("me");
            context.addComponent("stackai", component);
            RouteBuilder.addRoutes(context, routes -> {
                routes.from("direct:upload").to("stackai:documents:f?node=doc-0");
                routes.from("direct:download")
                        .to("stackai:documents:f?node=doc-0&action=download")
                        .process(FileTransfer::summarise);
            });
            context.start();
            System.out.println(context.createProducerTemplate()
                    .requestBodyAndHeader(
                            arguments.length > 1 ? "direct:upload" : "direct:download",
                            arguments.length > 1 ? Path.of(arguments[1]) : null,
                            Exchange.FILE_NAME,
                            "large.bin"));
        }
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            System.out.println("left: "
                    + files.filter(file -> file.toString().endsWith(".tmp")).toList());
        }
    }

    private static void summarise(Exchange exchange) throws Exception {
        CRC32 checksum = new CRC32();
        byte[] buffer = new byte[64 * 1024];
        long length = 0;
        try (InputStream in = new CheckedInputStream(exchange.getMessage().getBody(InputStream.class), checksum)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                length += read;
            }
        }
        exchange.getMessage().setBody("length " + length + ", checksum " + checksum.getValue());
    }
}
