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
package io.github.camelstackai.http;

import java.io.IOException;

/** One request and its response on the wire, as the receiver of the response controls it. Thread-safe; no method blocks. */
public interface HttpCall {
    /** End of the message of a failure that occurred after the request was sent. */
    String MAY_HAVE_TAKEN_PLACE = "; the request was sent, so it may have taken place";

    /** Lets {@code bytes} more of the body be delivered. */
    void grant(int bytes);

    /** Ends the call, closes its connection, and passes {@code cause} to the receiver. Does nothing once the call has ended. */
    void abort(IOException cause);

    /** Ends the call and closes its connection without notifying the receiver. Does nothing once the call has ended. */
    void close();

    /**
     * Discards the rest of the body: waits up to one second for the server to finish, so that the connection can be reused, and
     * then closes it. The receiver must still grant capacity for what arrives.
     */
    void drainThenClose();
}
