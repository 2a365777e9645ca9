package io.github.camelstackai.message;

import io.github.camelstackai.StackAiConstants;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.util.MimeTypeHelper;
import org.apache.camel.util.ObjectHelper;

/** Reads the media type of the file that a message carries. */
final class MediaTypeReader {
    private static final String UNKNOWN = "application/octet-stream";
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+/[!#$%&'*+.^_`|~0-9A-Za-z-]+(\\s*;[ -~]*)?");

    private MediaTypeReader() {}

    /**
     * That of the header {@code CamelFileContentType} or {@code Content-Type}, else by the ending of the name.
     *
     * @throws IllegalArgumentException naming the header whose value is no media type
     */
    static String read(Exchange exchange, String fileName) {
        return Stream.of(StackAiConstants.FILE_CONTENT_TYPE, Exchange.CONTENT_TYPE)
                .filter(header -> ObjectHelper.isNotEmpty(exchange.getMessage().getHeader(header)))
                .findFirst()
                .map(header -> checked(header, MessageHeaders.get(exchange, header, String.class)))
                .orElseGet(() -> byName(fileName));
    }

    private static String checked(String header, String type) {
        if (!MEDIA_TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException("The header " + header
                    + " is no media type such as application/pdf: correct or remove it; nothing was sent");
        }
        return type;
    }

    private static String byName(String fileName) {
        String known = MimeTypeHelper.probeMimeType(fileName);
        return known == null ? UNKNOWN : known;
    }
}
