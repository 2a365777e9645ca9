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

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The connection delivers {@link BodyWindow#INITIAL} bytes before it asks for capacity. */
class BodyWindowTest {
    private final List<Integer> announced = new ArrayList<>();
    private final BodyWindow window = new BodyWindow();

    private void open(int bytes) throws IOException {
        window.open(bytes);
        window.connect(announced::add);
        window.announce();
    }

    @Test
    void isClosedUntilTheHeadHasArrived() {
        assertThat(window.isOpen()).isFalse();
        window.open(1);
        assertThat(window.isOpen()).isTrue();
    }

    @Test
    void capacityBeyondTheInitialOneIsAnnouncedOnce() throws IOException {
        open(10);
        assertThat(announced).containsExactly(10 - BodyWindow.INITIAL);
        window.announce();
        assertThat(announced).hasSize(1);
    }

    @Test
    void receiverThatAcceptsNothingAtFirstAnnouncesNothing() throws IOException {
        open(0);
        assertThat(window.isOpen()).isFalse();
        assertThat(announced).isEmpty();
        assertThat(window.grant(10)).isTrue();
        window.announce();
        assertThat(announced).containsExactly(10 - BodyWindow.INITIAL);
    }

    @Test
    void grantIsAnnouncedInFull() throws IOException {
        open(10);
        assertThat(window.grant(5)).as("was closed").isFalse();
        window.announce();
        assertThat(announced).containsExactly(10 - BodyWindow.INITIAL, 5);
    }

    @Test
    void closesWithTheLastByteAcceptedAndReopensWithAGrant() throws IOException {
        open(10);
        window.received(9);
        assertThat(window.isOpen()).isTrue();
        window.received(1);
        assertThat(window.isOpen()).isFalse();
        assertThat(window.grant(1)).as("was closed").isTrue();
        assertThat(window.isOpen()).isTrue();
    }

    @Test
    void bytesBeyondTheCreditHaveToBeGrantedBeforeMoreIsAnnounced() throws IOException {
        open(2);
        announced.clear();
        window.received(10);
        assertThat(window.grant(5)).isTrue();
        window.announce();
        assertThat(announced).as("the receiver is still 3 bytes behind").isEmpty();
        assertThat(window.grant(5)).isTrue();
        window.announce();
        assertThat(announced).containsExactly(10);
    }

    @Test
    void creditWaitsForTheConnection() throws IOException {
        window.open(10);
        window.announce();
        window.grant(5);
        window.announce();
        window.connect(announced::add);
        window.announce();
        assertThat(announced).containsExactly(15 - BodyWindow.INITIAL);
    }

    @Test
    void nothingIsAnnouncedToAConnectionThatIsGone() throws IOException {
        open(10);
        window.connect(null);
        window.grant(5);
        window.announce();
        assertThat(announced).hasSize(1);
    }

    @Test
    void unlimitedCreditNeverOverflows() throws IOException {
        open(Integer.MAX_VALUE);
        window.grant(Integer.MAX_VALUE);
        window.grant(Integer.MAX_VALUE);
        window.announce();
        assertThat(announced).containsExactly(Integer.MAX_VALUE - BodyWindow.INITIAL, Integer.MAX_VALUE);
        assertThat(window.isOpen()).isTrue();
    }
}
