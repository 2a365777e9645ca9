package io.github.camelstackai.protocol;

import java.util.regex.Pattern;

/** The form of the ids of knowledge bases and of their files: UUIDs, as the published contract says. */
public final class ResourceId {
    private static final Pattern UUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private ResourceId() {}

    public static boolean isValid(String id) {
        return UUID.matcher(id).matches();
    }
}
