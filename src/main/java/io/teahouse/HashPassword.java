package io.teahouse;

import io.teahouse.wire.irc.ConfiguredPassword;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints the form of a password that may stand in the settings; it cannot be read back from that. */
@Command(
        name = "hash-password",
        description = "Reads a password from standard input and prints what may stand for it in the settings.",
        mixinStandardHelpOptions = true)
final class HashPassword implements Callable<Integer> {
    private static final int NOTHING_READ = 2;

    @Override
    public Integer call() throws IOException {
        String password = read();
        if (password.isEmpty()) {
            System.err.println("teahouse: no password was given");
            return NOTHING_READ;
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
