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

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Answers the calls of a test from a recording, or records them: see {@link StackAiRecording}. On a class it applies to each
 * test without an annotation of its own. Needs a {@link StackAiSimulatorExtension} in a field of the class.
 *
 * <p>With {@code -Dstackai.record=true} the calls go to the account of the environment, and are recorded.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RecordedStackAi {
    /** The name of the recording: the file is {@code src/test/resources/stackai/NAME.json}. */
    String value();

    /** See {@link StackAiRecording#masked()}. */
    boolean masked() default false;

    /** See {@link StackAiRecording#withTimes()}. */
    boolean withTimes() default false;

    /** See {@link StackAiRecording#ignoring}. */
    String[] ignoring() default {};
}
