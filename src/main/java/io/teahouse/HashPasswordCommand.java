package io.teahouse;

import io.teahouse.wire.irc.ConfiguredPassword;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The command {@code hash-password}: reads a password and prints its hash for the settings. */
@Command(
        name = "hash-password",
        description = "Reads a password from standard input and prints its hash for the settings.",
        mixinStandardHelpOptions = true)
final class HashPasswordCommand implements Callable<Integer> {
    private static final int NO_PASSWORD = 2;

    @Override
    public Integer call() throws IOException {
        String password = read();
        if (password.isEmpty()) {
            System.err.println("teahouse: no password on standard input");
            return NO_PASSWORD;
        }
        System.out.println(ConfiguredPassword.hash(password));
        return 0;
    }

    private static String read() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = in.readLine();
        return line == null ? "" : line;
    }
}
