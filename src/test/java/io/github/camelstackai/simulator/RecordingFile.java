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
package io.github.camelstackai.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A JSON file of recorded calls. It is complete JSON after each call, also after one that could not be written. If the process is
 * killed while it writes a call, the calls before can be read. Thread-safe.
 */
class RecordingFile {
    private static final int VERSION = 1;
    private static final System.Logger LOG = System.getLogger(RecordingFile.class.getName());
    /** No other line of a call begins so. */
    private static final String CALL_END = "\n}";

    private static final String END = "\n]\n}\n";

    private final Path path;
    private final boolean masked;
    // Guarded by this. Where the next call begins; 0 as long as there is none.
    private long end;

    RecordingFile(Path path, boolean masked) {
        this.path = path;
        this.masked = masked;
    }

    /**
     * A file without calls. The first call replaces any other file of that name.
     *
     * @throws IllegalArgumentException if it cannot be written
     */
    static RecordingFile create(Path path, boolean masked) {
        Path directory = path.toAbsolutePath().getParent();
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot write the recording " + path + ": " + e, e);
        }
        if (Files.isDirectory(path) || !Files.isWritable(directory)) {
            throw new IllegalArgumentException(
                    "Cannot write the recording " + path + ": it is a directory, or its directory is not writable");
        }
        return new RecordingFile(path, masked);
    }

    boolean isMasked() {
        return masked;
    }

    synchronized void add(RecordedCall call) {
        String text = RecordingFormat.text(call);
        try {
            if (end == 0) {
                begin(text);
            } else {
                append(text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the recording " + path, e);
        }
    }

    private void begin(String call) throws IOException {
        String start = "{\n\"stackaiRecording\": " + VERSION + ",\n\"masked\": " + masked + ",\n\"calls\": [\n";
        byte[] text = (start + call + END).getBytes(UTF_8);
        Path written = path.resolveSibling(path.getFileName() + ".tmp");
        try {
            Files.write(written, text);
            Files.move(written, path, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(written);
            throw e;
        }
        end = (long) text.length - END.length();
    }

    /** Cuts the end off first: wherever the write stops, the file is the beginning of JSON, with each call before. */
    private void append(String call) throws IOException {
        byte[] text = (",\n" + call + END).getBytes(UTF_8);
        long length = Files.size(path);
        if (length < end || length > end + END.length()) {
            throw new IOException(
                    "something else has changed the file; record it again, by one process, and edit it afterwards");
        }
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            try {
                file.setLength(end);
                file.seek(end);
                write(file, text);
            } catch (IOException e) {
                restore(file, e);
                throw e;
            }
        }
        end += text.length - END.length();
    }

    /** For tests of a disk that fails. */
    void write(RandomAccessFile file, byte[] text) throws IOException {
        file.write(text);
    }

    private void restore(RandomAccessFile file, IOException failure) {
        try {
            file.setLength(end);
            file.seek(end);
            file.write(END.getBytes(UTF_8));
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** What a file contains. */
    record Content(boolean masked, List<RecordedCall> calls) {}

    /**
     * Reads a file, without a last call that was not written to its end.
     *
     * @throws IllegalArgumentException if the file is missing, damaged or of a later version
     */
    static Content read(Path path) {
        ObjectNode file = json(path);
        int version = file.path("stackaiRecording").asInt();
        if (version < 1) {
            throw new IllegalArgumentException(path + " is not a recording of the simulator");
        }
        if (version > VERSION) {
            throw new IllegalArgumentException("The recording " + path + " has version " + version
                    + ", and this simulator reads version " + VERSION + "; use a later camel-stackai");
        }
        List<RecordedCall> calls = new ArrayList<>();
        for (JsonNode call : file.path("calls")) {
            try {
                calls.add(RecordingFormat.call(call));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "Call " + (calls.size() + 1) + " of the recording " + path + " is damaged: " + e.getMessage(),
                        e);
            }
        }
        return new Content(file.path("masked").asBoolean(), List.copyOf(calls));
    }

    private static ObjectNode json(Path path) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(path);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "There is no recording " + path + "; -Dstackai.record=true records it", e);
        }
        try {
            return JsonCodec.tree(bytes);
        } catch (IllegalArgumentException e) {
            ObjectNode before = beforeLastWrite(new String(bytes, UTF_8));
            if (before != null) {
                LOG.log(Level.WARNING, "The recording " + path + " ends within a call, which is left out");
                return before;
            }
            String where = e.getCause() instanceof JsonProcessingException cause
                    ? ": " + cause.getOriginalMessage() + " at line "
                            + cause.getLocation().getLineNr()
                    : "";
            throw new IllegalArgumentException("The recording " + path + " is damaged" + where, e);
        }
    }

    /** The whole calls of a file whose last write was not finished; null for any other file. */
    private static ObjectNode beforeLastWrite(String text) {
        int call = text.lastIndexOf(CALL_END);
        if (call < 0 || text.stripTrailing().endsWith(END.strip())) {
            return null;
        }
        try {
            return JsonCodec.tree((text.substring(0, call) + CALL_END + END).getBytes(UTF_8));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
