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
package io.github.camelstackai.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.springframework.boot.configurationmetadata.ConfigurationMetadataProperty;
import org.springframework.boot.configurationmetadata.ConfigurationMetadataRepositoryJsonBuilder;

/** Editors read the component's options as Spring Boot's own. */
class OptionMetadataTest {
    private static final String METADATA = "META-INF/spring-configuration-metadata.json";

    @Test
    void optionsAreCompletedWithTypeDefaultAndDescription() throws Exception {
        ConfigurationMetadataRepositoryJsonBuilder builder = ConfigurationMetadataRepositoryJsonBuilder.create();
        for (URL url : Collections.list(getClass().getClassLoader().getResources(METADATA))) {
            try (InputStream metadata = url.openStream()) {
                builder.withJsonResource(metadata);
            }
        }
        ConfigurationMetadataProperty option =
                builder.build().getAllProperties().get("camel.component.stackai.response-timeout");
        assertThat(option.getDefaultValue()).isEqualTo("10m");
        assertThat(option.getDescription()).isNotBlank();
        assertThat(option.getType()).isEqualTo("java.time.Duration");
    }
}
