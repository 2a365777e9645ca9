package io.github.camelstackai;

/** The path by which the operation {@code documents} uploads a file. */
public enum StackAiUploadApi {
    /** The path of a node and user, {@code /documents/…}. */
    DOCUMENTS,
    /** The older path, {@code /upload_to_supabase_user}. */
    LEGACY
}
