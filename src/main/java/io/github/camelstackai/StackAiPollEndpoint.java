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

import io.github.camelstackai.runlog.RunLogReader;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.spi.UriParam;
import org.apache.camel.support.ScheduledPollEndpoint;

/** How an endpoint polls the log of runs, and how far it has come. */
public abstract class StackAiPollEndpoint extends ScheduledPollEndpoint {
    private static final Duration DEFAULT_DELAY = Duration.ofMinutes(1);

    @UriParam(defaultValue = "60000", label = "consumer,scheduler", description = "Milliseconds before the next poll.")
    private long delay = -1;

    @UriParam(
            defaultValue = "0",
            label = "consumer",
            description = "Maximum number of runs that a poll processes; 0 means no limit. The next poll continues.")
    private int maxMessagesPerPoll;

    /** Written when the first consumer starts; guarded by this. */
    private RunLogReader log;

    StackAiPollEndpoint(String uri, Component component) {
        super(uri, component);
    }

    /** Camel creates a new consumer whenever a route starts, which continues where the one before stopped. */
    final synchronized RunLogReader log(Supplier<RunLogReader> readers) {
        if (log == null) {
            log = readers.get();
        }
        return log;
    }

    /** {@inheritDoc} The delay has a default of its own, whatever the time unit is. */
    @Override
    protected void doConfigureConsumer(Consumer consumer) {
        super.doConfigureConsumer(consumer);
        StackAiConsumer poller = (StackAiConsumer) consumer;
        poller.setDelay(delay < 0 ? Math.max(1, getTimeUnit().convert(DEFAULT_DELAY)) : delay);
        poller.setMaxMessagesPerPoll(maxMessagesPerPoll);
    }

    @Override
    public long getDelay() {
        return delay;
    }

    @Override
    public void setDelay(long delay) {
        this.delay = delay;
    }

    public int getMaxMessagesPerPoll() {
        return maxMessagesPerPoll;
    }

    public void setMaxMessagesPerPoll(int maxMessagesPerPoll) {
        this.maxMessagesPerPoll = maxMessagesPerPoll;
    }
}
