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
package io.github.camelstackai.http.apache;

import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.core5.pool.PoolStats;

/**
 * The connections of a pool at one moment.
 *
 * @param leased those that calls hold
 * @param pending calls that wait for one
 * @param available open ones that no call holds
 */
public record ConnectionCounts(int leased, int pending, int available) {
    static final ConnectionCounts NONE = new ConnectionCounts(0, 0, 0);

    /** @param resting connections that no call holds, although they are leased */
    static ConnectionCounts of(PoolingAsyncClientConnectionManager pool, int resting) {
        PoolStats stats = pool.getTotalStats();
        return new ConnectionCounts(
                Math.max(0, stats.getLeased() - resting), stats.getPending(), stats.getAvailable() + resting);
    }
}
