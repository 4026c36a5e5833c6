import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the demo certificates that OpenSearch Security ships, as its own installer does: `java -cp PLUGIN/* DemoCertificates.java
 * FOLDER`. The enumeration is not public, so it is reached by reflection.
 */
class DemoCertificates {
  public static void main(String[] arguments) throws Exception {
    Class<?> certificates = Class.forName("org.opensearch.security.tools.democonfig.Certificates");
    Method fileName = certificates.getMethod("getFileName");
    Method content = certificates.getMethod("getContent");
    fileName.setAccessible(true);
    content.setAccessible(true);
    for (Object one : certificates.getEnumConstants()) {
      Files.writeString(Path.of(arguments[0], (String) fileName.invoke(one)), (String) content.invoke(one));
    }
  }
}
