import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Draws the page's sample pictures that are neither photographs nor Fashion-MNIST: java DrawSamples.java FOLDER. */
void main(String[] arguments) throws IOException {
    ImageIO.write(clock(), "png", new File(arguments[0], "clock.png"));
    ImageIO.write(trafficLight(), "png", new File(arguments[0], "traffic-light.png"));
}

Graphics2D begin(BufferedImage image) {
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    return g;
}

BufferedImage clock() {
    BufferedImage image = new BufferedImage(320, 256, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = begin(image);
    g.setPaint(new GradientPaint(0, 0, new Color(0xd9cbb4), 320, 256, new Color(0xb49f80)));
    g.fillRect(0, 0, 320, 256);
    int x = 176;
    int y = 118;
    g.setColor(new Color(0, 0, 0, 50));
    g.fillOval(x - 88, y - 80, 184, 184);
    g.setColor(new Color(0x4a2f1b));
    g.fillOval(x - 92, y - 92, 184, 184);
    g.setColor(new Color(0xf7f3e8));
    g.fillOval(x - 78, y - 78, 156, 156);
    g.setColor(new Color(0x222222));
    g.setFont(new Font(Font.SERIF, Font.BOLD, 19));
    for (int hour = 1; hour <= 12; hour++) {
        double angle = Math.PI * hour / 6;
        String text = Integer.toString(hour);
        int width = g.getFontMetrics().stringWidth(text);
        g.drawString(text, (int) (x + 63 * Math.sin(angle) - width / 2.0), (int) (y - 63 * Math.cos(angle) + 7));
    }
    hand(g, x, y, Math.PI / 3 + 0.08, 38, 6);
    hand(g, x, y, -Math.PI * 0.33, 58, 4);
    g.fillOval(x - 5, y - 5, 10, 10);
    return image;
}

void hand(Graphics2D g, int x, int y, double angle, int length, int width) {
    g.setStroke(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.drawLine(x, y, (int) (x - length * Math.sin(angle)), (int) (y - length * Math.cos(angle)));
}

BufferedImage trafficLight() {
    BufferedImage image = new BufferedImage(320, 256, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = begin(image);
    g.setPaint(new GradientPaint(0, 0, new Color(0x5f9bd6), 0, 256, new Color(0xd7e6f2)));
    g.fillRect(0, 0, 320, 256);
    g.setColor(new Color(255, 255, 255, 150));
    g.fillOval(20, 40, 110, 34);
    g.fillOval(60, 24, 80, 40);
    g.setColor(new Color(0x3d3f42));
    g.fillRect(151, 180, 14, 76);
    g.setColor(new Color(0x1f2123));
    g.fillRoundRect(118, 18, 80, 178, 22, 22);
    light(g, 46, new Color(0xff3a2e), true);
    light(g, 104, new Color(0x5a4a12), false);
    light(g, 162, new Color(0x123f1f), false);
    return image;
}

void light(Graphics2D g, int y, Color colour, boolean on) {
    if (on) {
        Color[] glow = {colour, new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 0)};
        g.setPaint(new RadialGradientPaint(158, y, 44, new float[] {0.4f, 1}, glow));
        g.fillOval(158 - 44, y - 44, 88, 88);
    }
    g.setColor(colour);
    g.fillOval(158 - 23, y - 23, 46, 46);
    g.setColor(new Color(255, 255, 255, on ? 110 : 30));
    g.fillOval(158 - 14, y - 17, 16, 12);
}
