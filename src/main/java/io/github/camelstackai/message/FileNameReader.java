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
package io.github.camelstackai.message;

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.text.Excerpt;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.WrappedFile;
import org.apache.camel.util.FileUtil;

/**
 * Reads the name of the file that a message is about: the header {@code CamelFileName}, else the option, else that of the body.
 *
 * @param option null for none
 */
public record FileNameReader(String option) {
    private static final String REMEDY =
            "set the header " + StackAiConstants.FILE_NAME + " or the option fileName; nothing was sent";

    /**
     * The name for an upload: the last segment of the path that the message or the body names.
     *
     * @throws IllegalArgumentException if there is none, or one that cannot be sent
     */
    String ofUpload(Exchange exchange, Object body) {
        String given = given(exchange);
        String path = given == null ? ofBody(body) : given;
        return checked(path == null ? null : FileUtil.stripPath(path), path);
    }

    /**
     * The name of a stored file, exactly as the service lists it.
     *
     * @throws IllegalArgumentException if there is none, or one that cannot be sent
     */
    public String ofStored(Exchange exchange) {
        String given = given(exchange);
        return checked(given, given);
    }

    private String given(Exchange exchange) {
        return MessageHeaders.get(exchange, StackAiConstants.FILE_NAME, String.class, option);
    }

    private static String ofBody(Object body) {
        if (body instanceof WrappedFile<?> wrapped) {
            return ofBody(wrapped.getFile());
        }
        if (body instanceof File file) {
            return file.getName();
        }
        return body instanceof Path path && path.getFileName() != null
                ? path.getFileName().toString()
                : null;
    }

    private static String checked(String name, String path) {
        if (path == null) {
            throw new IllegalArgumentException("No name for the file: " + REMEDY);
        }
        if (name.isBlank() || ".".equals(name) || "..".equals(name)) {
            throw new IllegalArgumentException("'" + Excerpt.of(path) + "' is no name of a file: " + REMEDY);
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            throw new IllegalArgumentException(
                    "The file name '" + Excerpt.of(name) + "' has half of a surrogate pair: " + REMEDY);
        }
        return name;
    }
}
