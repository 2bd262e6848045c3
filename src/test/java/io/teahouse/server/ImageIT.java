package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The container image, built on nothing instead of its base, unpacked, and started by its own command with the Java of this machine. */
class ImageIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SECONDS = 60;

    @TempDir
    private Path folder;

    private String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    /** Builds the image, and returns its configuration; the files are in {@code root}. */
    private JsonNode build(Path root) throws IOException, InterruptedException {
        Path image = folder.resolve("image.tar");
        run(
                "mvn",
                "-q",
                "-B",
                "-Pimage",
                "-Dimage.base=scratch",
                "-Djib.outputPaths.tar=" + image,
                "-Dmaven.repo.local=" + System.getProperty("local.repository"),
                "jib:buildTar");
        Path parts = Files.createDirectory(folder.resolve("parts"));
        run("tar", "-xf", image.toString(), "-C", parts.toString());
        JsonNode manifest =
                JSON.readTree(parts.resolve("manifest.json").toFile()).get(0);
        for (JsonNode layer : manifest.get("Layers")) {
            run("tar", "-xzf", parts.resolve(layer.asText()).toString(), "-C", root.toString());
        }
        return JSON.readTree(parts.resolve(manifest.get("Config").asText()).toFile())
                .get("config");
    }

    @Test
    void theServerOfTheImageStartsAndStops() throws IOException, InterruptedException {
        Path root = Files.createDirectory(folder.resolve("root"));
        JsonNode config = build(root);
        assertThat(config.get("User").asText()).isEqualTo("1000:1000");
        assertThat(config.get("ExposedPorts").fieldNames()).toIterable().contains("25555/tcp", "6667/tcp", "8080/tcp");

        Path classPath = root.resolve("app/jib-classpath-file");
        Files.writeString(classPath, Files.readString(classPath).replace("/app/", root + "/app/"));
        List<String> command = new ArrayList<>();
        config.get("Entrypoint").forEach(each -> command.add(each.asText()));
        command.replaceAll(each -> each.replace("/app/", root + "/app/").replace("/etc/", root + "/etc/"));
        command.addAll(1, List.of("-Dteahouse.plain.port=0", "-Dteahouse.irc.port=0", "-Dteahouse.web.port=0"));
        Path work = root.resolve(config.get("WorkingDir").asText().substring(1));
        try (ServerProcess server = ServerProcess.script(work, command)) {
            try (Peer ann = Peer.enter("ann", server.awaitReady())) {
                ann.say("hello");
                ann.expect("ann: hello");
            }
            server.terminate();
            assertThat(server.exitCode(SECONDS)).isZero();
            assertThat(work.resolve("teahouse.db")).exists();
        }
    }
}
