package com.example;

import org.apache.camel.main.Main;

public class Application {
    public static void main(String[] arguments) throws Exception {
        new Main(Application.class).run(arguments);
    }
}
