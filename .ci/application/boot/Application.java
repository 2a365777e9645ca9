package com.example;

import java.time.LocalDate;
import org.apache.camel.ProducerTemplate;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
@RestController
public class Application {
    record Inputs(LocalDate day) {}

    private final ProducerTemplate template;

    public Application(ProducerTemplate template) {
        this.template = template;
    }

    public static void main(String[] arguments) {
        SpringApplication.run(Application.class, arguments);
    }

    @GetMapping("/ask")
    public String ask() {
        return template.requestBody("stackai:run:{{flow}}", new Inputs(LocalDate.of(2026, 11, 27)), String.class);
    }

    @Bean
    AskRoute route() {
        return new AskRoute();
    }

    // what the page shows
}
