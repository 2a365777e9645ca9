package com.example;

import org.apache.camel.builder.RouteBuilder;

public class AskRoute extends RouteBuilder {
    @Override
    public void configure() {
        from("timer:once?repeatCount=1&delay=0")
                .setBody(constant("one"))
                .to("stackai:run:{{flow}}")
                .log("RUN ${body}")
                .setBody(constant("two words"))
                .to("stackai:stream:{{flow}}")
                .split(body())
                .streaming()
                .log("CHUNK ${body}")
                .end()
                .log("DONE");
    }
}
