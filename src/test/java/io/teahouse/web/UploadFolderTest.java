package io.teahouse.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadFolderTest {
    @TempDir
    private Path path;

    private UploadSettings settings() {
        return new UploadSettings(
                path.resolve("uploads"),
                "",
                100,
                1_000_000,
                1_000_000,
                List.of("*"),
                Duration.ZERO,
                Duration.ofSeconds(9));
    }

    private static String upload(UploadFolder folder, String account) throws IOException {
        UploadFolder.PendingUpload pending = folder.reserve(account, 9).orElseThrow();
        Files.writeString(pending.path(), "text");
        return folder.commit(pending, "txt").name();
    }

    @Test
    void theFilesOfOneAccountAreErasedAndNoOthers() throws IOException {
        assertThat(Uploads.erase(settings(), "ann")).as("without a folder").isZero();
        UploadFolder folder = UploadFolder.open(settings());
        upload(folder, "ann");
        upload(folder, "ann");
        String other = upload(folder, "bob");
        assertThat(Uploads.erase(settings(), "ann")).isEqualTo(2);
        assertThat(Uploads.erase(settings(), "ann")).isZero();
        UploadFolder left = UploadFolder.open(settings());
        assertThat(left.find(other, Instant.now())).isPresent();
        try (var files = Files.list(path.resolve("uploads"))) {
            assertThat(files).hasSize(1);
        }
    }
}
