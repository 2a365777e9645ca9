package io.github.camelstackai.message;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file of a message. It can be opened again, as a redelivery needs.
 *
 * @param name in any script; without a path
 * @param type a media type in printable ASCII
 * @param length in bytes
 */
public record FileContent(String name, String type, long length, Source source) {
    /** Opens the content at its start. */
    @FunctionalInterface
    public interface Source {
        InputStream open() throws IOException;
    }
}
