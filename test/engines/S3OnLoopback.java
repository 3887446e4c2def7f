/** Starts S3Mock on the loopback interface only; its own main class listens for HTTP on all of them. */
import com.adobe.testing.s3mock.S3MockApplication;
import org.apache.catalina.connector.Connector;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.builder.SpringApplicationBuilder;

class S3OnLoopback {
  public static void main(String[] arguments) {
    BeanPostProcessor loopback = new BeanPostProcessor() {
      @Override
      public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof Connector connector) connector.setProperty("address", "127.0.0.1");
        return bean;
      }
    };
    new SpringApplicationBuilder(S3MockApplication.class)
      .initializers(context -> context.getBeanFactory().addBeanPostProcessor(loopback))
      .run(arguments);
  }
}
