package io.github.camelstackai.protocol;

import io.github.camelstackai.StackAiOperation;

/** What a call addresses; its {@code toString} names the call in messages, on one line. */
public interface CallTarget {
    /** The flow of calls that address none. */
    String NO_FLOW = "none";

    /** What the call does. */
    StackAiOperation operation();

    /** The flow as figures name it; {@link #NO_FLOW} for none. */
    String flowId();
}
