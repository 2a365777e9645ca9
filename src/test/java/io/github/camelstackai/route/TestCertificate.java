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
package io.github.camelstackai.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.apache.hc.core5.ssl.SSLContextBuilder;
import org.apache.hc.core5.ssl.SSLContexts;

/** A self-signed certificate with its key, created for one test class. */
public record TestCertificate(Path store) {
    private static final String PASSWORD = "changeit";

    /**
     * Creates a certificate in the folder.
     *
     * @param alternativeNames in the syntax of keytool, such as {@code dns:localhost,ip:127.0.0.1}
     */
    public static TestCertificate in(Path folder, String name, String alternativeNames) throws Exception {
        Path store = folder.resolve(name + ".p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String command = keytool + " -genkeypair -alias " + name + " -keyalg EC -dname CN=" + name + " -ext san="
                + alternativeNames + " -validity 2 -storetype PKCS12 -keystore " + store + " -storepass " + PASSWORD;
        assertThat(new ProcessBuilder(command.split(" ")).inheritIO().start().waitFor())
                .isZero();
        return new TestCertificate(store);
    }

    /** For a server that presents this certificate. */
    public SSLContext server() throws Exception {
        return presented().build();
    }

    /** For a client that trusts this certificate. */
    public SSLContext client() throws Exception {
        return SSLContexts.custom().loadTrustMaterial(keys(), null).build();
    }

    /** For a server that presents this certificate, and trusts clients that present {@code client}. */
    SSLContext serverFor(TestCertificate client) throws Exception {
        return presented().loadTrustMaterial(client.keys(), null).build();
    }

    /** A file with this certificate and its key. */
    public Path pem() throws Exception {
        KeyStore keys = keys();
        String alias = keys.aliases().nextElement();
        return Files.writeString(
                store.resolveSibling(alias + ".pem"),
                pem("CERTIFICATE", keys.getCertificate(alias).getEncoded())
                        + pem(
                                "PRIVATE KEY",
                                keys.getKey(alias, PASSWORD.toCharArray()).getEncoded()));
    }

    private static String pem(String what, byte[] bytes) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(what, text);
    }

    /** For a component that trusts this certificate. */
    public SSLContextParameters trusted() {
        TrustManagersParameters trust = new TrustManagersParameters();
        trust.setKeyStore(parameters());
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setTrustManagers(trust);
        return parameters;
    }

    /** For a component that trusts this certificate, and presents {@code own}. */
    SSLContextParameters trustedBy(TestCertificate own) {
        KeyManagersParameters keys = new KeyManagersParameters();
        keys.setKeyStore(own.parameters());
        keys.setKeyPassword(PASSWORD);
        SSLContextParameters parameters = trusted();
        parameters.setKeyManagers(keys);
        return parameters;
    }

    private SSLContextBuilder presented() throws Exception {
        return SSLContexts.custom().loadKeyMaterial(keys(), PASSWORD.toCharArray());
    }

    private KeyStore keys() throws Exception {
        return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    }

    private KeyStoreParameters parameters() {
        KeyStoreParameters parameters = new KeyStoreParameters();
        parameters.setResource("file:" + store);
        parameters.setPassword(PASSWORD);
        return parameters;
    }
}
