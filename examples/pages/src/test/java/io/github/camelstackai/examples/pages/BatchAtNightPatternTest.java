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
package io.github.camelstackai.examples.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelstackai.examples.pages.PatternPage.Language;
import io.github.camelstackai.simulator.Reply;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.quartz.CronTrigger;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.impl.matchers.GroupMatcher;

/** A folder that is processed at night. Night falls when a test says so. */
class BatchAtNightPatternTest extends PatternTest {
    static final String HEADING = "A batch at night";

    private void start(Language language) throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("tickets")).resolve("ticket.txt"), "q");
        start(HEADING, language);
    }

    private static Scheduler scheduler(CamelContext context) {
        return context.getComponent("quartz", QuartzComponent.class).getScheduler();
    }

    private static JobKey job(CamelContext context) throws Exception {
        return scheduler(context)
                .getJobKeys(GroupMatcher.anyJobGroup())
                .iterator()
                .next();
    }

    private void night() throws Exception {
        night(context);
    }

    private static void night(CamelContext context) throws Exception {
        scheduler(context).triggerJob(job(context));
    }

    private void awaitFile(String name) {
        await().atMost(PATIENCE).until(() -> Files.exists(folder.resolve(name)));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void filesAreAnsweredAtTwo(Language language) throws Exception {
        start(language);
        assertThat(((CronTrigger) scheduler(context)
                                .getTriggersOfJob(job(context))
                                .get(0))
                        .getCronExpression())
                .isEqualTo("0 0 2 * * ?");
        night();
        awaitFile("tickets/.camel/ticket.txt");
        assertThat(folder.resolve("answers/ticket.txt")).hasContent("Answer to: q");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void fileStaysForTheNextNightWithoutAConnection(Language language) throws Exception {
        down(Outage.CLOSED);
        start(language);
        night();
        awaitFailure();
        assertThat(folder.resolve("tickets/ticket.txt")).exists();
        assertThat(folder.resolve("unclear")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void fileThatMayHaveRunDoesNotRunAgain(Language language) throws Exception {
        down(Outage.UNAVAILABLE);
        start(language);
        night();
        awaitFile("tickets/.camel/ticket.txt");
        assertThat(folder.resolve("unclear/ticket.txt")).hasContent("q");
        assertThat(folder.resolve("tickets/ticket.txt")).doesNotExist();
        assertThat(asked("triage")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void fileWhoseAnswerCannotBeWrittenDoesNotRunAgain(Language language) throws Exception {
        Files.writeString(folder.resolve("answers"), "a file where the folder should be");
        start(language);
        night();
        awaitFile("tickets/.camel/ticket.txt");
        assertThat(folder.resolve("unclear/ticket.txt")).hasContent("q");
        assertThat(folder.resolve("tickets/ticket.txt")).doesNotExist();
        assertThat(asked("triage")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void fileThatGotNoConnectionStaysForTheNextNight(Language language) throws Exception {
        component.setMaxConnections(1);
        component.setConnectionRequestTimeout(Duration.ofMillis(200));
        start(language);
        Files.writeString(folder.resolve("tickets/second.txt"), "q");
        CompletableFuture<Void> release = new CompletableFuture<>();
        simulator().script(request -> Reply.usual().when(release));
        night();
        await().atMost(PATIENCE).until(() -> failures() == 1);
        release.complete(null);
        await().atMost(PATIENCE)
                .until(() -> Stream.of("ticket.txt", "second.txt")
                                .filter(name -> Files.exists(
                                        folder.resolve("tickets/.camel").resolve(name)))
                                .filter(name -> Files.notExists(
                                        folder.resolve("tickets").resolve(name)))
                                .count()
                        == 1);
        assertThat(asked("triage")).hasSize(1);
        assertThat(folder.resolve("unclear")).doesNotExist();
    }

    /** What the page warns of. */
    @ParameterizedTest
    @EnumSource(Language.class)
    void twoProcessesRunAFileTwice(Language language) throws Exception {
        start(language);
        CamelContext other = startAnother(HEADING, language);
        CompletableFuture<Void> release = new CompletableFuture<>();
        simulator().script(request -> Reply.usual().when(release));
        night();
        night(other);
        await().atMost(PATIENCE).until(() -> simulator().openRequests() == 2);
        release.complete(null);
    }
}
