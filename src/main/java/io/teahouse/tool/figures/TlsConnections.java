package io.teahouse.tool.figures;

import io.teahouse.tool.process.ProcessUsage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Idle connections over TLS, which the load generator does not speak: each is registered and in a room. */
final class TlsConnections {
    private static final int ROOM = 50;
    private static final int SOURCES = 16;
    private static final int KEYTOOL_SECONDS = 30;
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int SETTLE_SECONDS = 3;
    private static final char[] PASSWORD = "teahouse".toCharArray();

    private TlsConnections() {}

    /** KiB of memory per connection of a new server. */
    static double measure(Bench bench) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(bench.folder(), "tls");
        KeyStore keys = makeKey(bench, folder);
        List<String> settings = List.of(
                Teahouse.IN_MEMORY,
                "teahouse.irc.tls-port=0",
                "teahouse.irc.tls-certificate=" + folder.resolve("certificate.pem"),
                "teahouse.irc.tls-key=" + folder.resolve("key.pem"));
        List<SSLSocket> sockets = new ArrayList<>();
        try (Teahouse.Running server = bench.teahouse().start("irc-tls", settings)) {
            ProcessUsage usage = new ProcessUsage(server.pids());
            double before = usage.pssKib();
            SSLContext context = trusting(keys);
            for (int i = 0; i < bench.plan().idle(); i++) {
                sockets.add(open(context, server.port(), i));
            }
            TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
            double used = usage.pssKib() - before;
            if (Double.isNaN(used)) {
                throw new IOException("no PSS of " + server.pids());
            }
            return used / sockets.size();
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        } finally {
            for (SSLSocket each : sockets) {
                each.close();
            }
        }
    }

    private static SSLSocket open(SSLContext context, int port, int number) throws IOException {
        SSLSocket socket = (SSLSocket)
                context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port, source(number), 0);
        socket.setSoTimeout(PATIENCE_MILLIS);
        String hello = "NICK t" + number + "\r\nUSER t 0 * :t\r\nJOIN #r" + number / ROOM + "\r\n";
        socket.getOutputStream().write(hello.getBytes(StandardCharsets.US_ASCII));
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line == null || !line.contains(" 366 "); line = lines.readLine()) {
            if (line == null) {
                throw new IOException("the server has closed a TLS connection");
            }
        }
        return socket;
    }

    /** One address may have 512 connections (teahouse.limits.max-connections-per-address). */
    private static InetAddress source(int number) throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (2 + number % SOURCES)});
    }

    private static SSLContext trusting(KeyStore keys) throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** Makes a key with a certificate of its own, as PEM files for the server; returns a store that trusts it. */
    private static KeyStore makeKey(Bench bench, Path folder) throws IOException, InterruptedException {
        Path file = folder.resolve("keys.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        String command =
                keytool + " -genkeypair -alias tea -keyalg EC -groupname secp256r1 -dname CN=localhost -validity 30"
                        + " -storetype PKCS12 -storepass teahouse -keystore " + file;
        Process process = bench.processes()
                .start(() -> new ProcessBuilder(Stream.of(command.split(" ")).toList())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("keytool.log").toFile())
                        .start());
        if (!process.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("keytool failed: " + Files.readString(folder.resolve("keytool.log")));
        }
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD);
            Key key = keys.getKey("tea", PASSWORD);
            Certificate certificate = keys.getCertificate("tea");
            write(folder.resolve("key.pem"), "PRIVATE KEY", key.getEncoded());
            write(folder.resolve("certificate.pem"), "CERTIFICATE", certificate.getEncoded());
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("tea", certificate);
            return trusted;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static void write(Path file, String what, byte[] bytes) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        Files.writeString(file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }
}
