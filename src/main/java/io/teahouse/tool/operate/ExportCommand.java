package io.teahouse.tool.operate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomName;
import io.teahouse.store.ExportReader;
import io.teahouse.store.PrivateFile;
import io.teahouse.store.StoreException;
import io.teahouse.store.StoreMaintenance;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code export}. */
@Command(
        name = "export",
        description =
                "Writes the stored messages as lines of JSON, room by room, from a snapshot of the store. The server may"
                        + " be running. If standard error is a terminal, a progress bar is shown.")
final class ExportCommand extends StoreCommand {
    private static final int CHECK_EVERY = 1024;

    @Option(
            names = "--room",
            paramLabel = "NAME",
            description = "only this room (default: all rooms and conversations)")
    private Optional<String> room = Optional.empty();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description =
                    "only messages since then: 2026-11-24, 2026-11-24T22:00:00Z (UTC unless another zone is given), or"
                            + " 30d for thirty days ago (d, h, m)")
    private Instant since = Instant.EPOCH;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "write to this new file (default: standard output)")
    private Optional<Path> output = Optional.empty();

    ExportCommand(ToolContext.Source source) {
        super(source);
    }

    @Override
    void run(StoreMaintenance maintenance, ToolContext context, PrintWriter out) throws StoreException, IOException {
        Optional<RoomName> only = room.map(name -> context.room().apply(name));
        try (ExportReader exporting = maintenance.export(only, since, context.cloak())) {
            if (output.isEmpty()) {
                write(exporting, out, Terminal.isError() && !Terminal.isOutput());
                requireOpen(out);
                return;
            }
            Optional<String> obstacle = PrivateFile.obstacle(output.get());
            if (obstacle.isPresent()) {
                throw new IllegalArgumentException(obstacle.get());
            }
            PrivateFile.<StoreException>make(output.get(), part -> {
                try (Writer file =
                        new BufferedWriter(new OutputStreamWriter(PrivateFile.append(part), UTF_8), 1 << 16)) {
                    write(exporting, file, Terminal.isError());
                }
            });
        }
    }

    private static void write(ExportReader exporting, Writer out, boolean bar) throws StoreException, IOException {
        if (!bar) {
            exporting.run((event, done) -> write(event, out));
            return;
        }
        try (ProgressBar progress = ProgressBar.onStandardError("export", exporting.total())) {
            exporting.run((event, done) -> {
                write(event, out);
                progress.reach(done);
            });
        }
    }

    private static void write(Recorded event, Writer out) throws IOException {
        ExportFormat.write(event, out);
        if (event.seq() % CHECK_EVERY == 0) {
            requireOpen(out);
        }
    }

    /** A {@code PrintWriter} throws no exception, for example when its reader has gone. */
    private static void requireOpen(Writer out) throws IOException {
        if (out instanceof PrintWriter printer && printer.checkError()) {
            throw new IOException("standard output is closed");
        }
    }
}
