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

import io.github.camelstackai.http.OutboundRequest;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.net.URIAuthority;

/** Creates the client's form of a request. */
final class RequestProducerFactory {
    private RequestProducerFactory() {}

    /** The host of an absolute URL. It is read from the authority where {@link URI#getHost} is null, or an IPv6 address. */
    static HttpHost target(URI uri) {
        String host = uri.getHost();
        if (host != null && host.charAt(0) != '[') {
            return new HttpHost(uri.getScheme(), host, uri.getPort());
        }
        try {
            return new HttpHost(uri.getScheme(), URIAuthority.create(uri.getRawAuthority()));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** @param body null for none */
    static AsyncRequestProducer producer(OutboundRequest request, HttpHost target, AsyncEntityProducer body) {
        String path = request.base().getRawPath() + request.target();
        BasicHttpRequest head = new BasicHttpRequest(request.method(), target, path);
        request.headers().forEach(header -> head.addHeader(header.getKey(), header.getValue()));
        return new BasicRequestProducer(head, body);
    }
}
