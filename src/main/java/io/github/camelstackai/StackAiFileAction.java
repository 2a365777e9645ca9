package io.github.camelstackai;

import java.util.Locale;

/** What the operations {@code documents} and {@code knowledge} do. */
public enum StackAiFileAction {
    /** Sends the file that the body is. */
    UPLOAD,
    /** Lists the files of a node and user, or of a knowledge base. */
    LIST,
    /** Documents: fetches a file. */
    DOWNLOAD,
    /** Deletes a file. */
    DELETE,
    /** Knowledge: asks how far a file has been processed. */
    STATUS,
    /** Knowledge: makes the service process the knowledge base. */
    SYNC;

    /** As options and messages name it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
