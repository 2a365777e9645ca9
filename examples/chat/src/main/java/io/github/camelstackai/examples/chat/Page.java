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
package io.github.camelstackai.examples.chat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** The page and its files. Sets the cookie of a new visitor. */
final class Page implements Processor {
    private static final Map<String, PageFile> FILES = Map.of(
            "", PageFile.of("index.html", "text/html"),
            "chat.css", PageFile.of("chat.css", "text/css"),
            "chat.js", PageFile.of("chat.js", "text/javascript"));
    /** Allows the files of this server only, and prevents that text becomes script or markup. */
    private static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; "
                    + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
                    + "require-trusted-types-for 'script'; trusted-types 'none'";

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        PageFile file = FILES.get(message.getHeader(Exchange.HTTP_PATH, String.class));
        String cookies = message.getHeader("Cookie", String.class);
        message.removeHeaders("*");
        if (file == null) {
            message.setHeader(Exchange.HTTP_RESPONSE_CODE, 404);
            message.setBody("There is no such page.");
            return;
        }
        message.setHeader(Exchange.CONTENT_TYPE, file.type() + "; charset=utf-8");
        message.setHeader("Content-Security-Policy", CONTENT_POLICY);
        message.setHeader("X-Content-Type-Options", "nosniff");
        message.setHeader("Referrer-Policy", "no-referrer");
        message.setHeader("Cache-Control", "no-cache");
        if (file.type().equals("text/html") && Visitor.userId(cookies) == null) {
            message.setHeader("Set-Cookie", Visitor.newCookie());
        }
        message.setBody(file.content());
    }

    /** Gives the browser a new user id, so that the flow does not remember it. */
    static void newConversation(Exchange exchange) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, 303);
        message.setHeader("Location", "/");
        message.setHeader("Set-Cookie", Visitor.newCookie());
        message.setBody(null);
    }

    private record PageFile(byte[] content, String type) {
        static PageFile of(String name, String type) {
            try (InputStream content = Page.class.getResourceAsStream("/page/" + name)) {
                return new PageFile(content.readAllBytes(), type);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
