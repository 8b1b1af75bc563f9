//! Sends mails: through a mail server, or into a folder where people can read them.

use std::path::{Path, PathBuf};

use lettre::message::header::{ContentType, ContentTypeErr};
use lettre::message::{Attachment, Mailbox, Message, MultiPart, SinglePart};
use lettre::transport::smtp::{self, PoolConfig};
use lettre::{Address, AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use secrecy::{ExposeSecret, SecretString};
use workflows::ports::{self, Answer, Mail, Mailer, SendFailure};

/// Connections to the mail server at most.
const CONNECTIONS: u32 = 2;

/// Where mails go, and who they are from.
pub struct Post {
    from: Mailbox,
    way: Way,
}

enum Way {
    /// One `.eml` file each.
    Folder(AsyncFileTransport<Tokio1Executor>),
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
}

/// Why mails cannot be sent at all.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    #[error("the mail folder {}: {cause}", folder.display())]
    Folder { folder: PathBuf, cause: std::io::Error },
    /// Without the address: it holds a password.
    #[error("the mail server's address is not understood: {0}")]
    Address(smtp::Error),
}

impl Post {
    /// Mails become files in `folder`, which is made when it is missing.
    pub fn to_folder(folder: &Path, from: Mailbox) -> Result<Self, PostError> {
        std::fs::create_dir_all(folder).map_err(|cause| PostError::Folder { folder: folder.to_path_buf(), cause })?;
        Ok(Self { from, way: Way::Folder(AsyncFileTransport::new(folder)) })
    }

    /// `url` is `smtp://` or `smtps://` with user and password. Call it inside the runtime: the pool of connections
    /// belongs to it.
    pub fn to_server(url: &SecretString, from: Mailbox) -> Result<Self, PostError> {
        let pool = PoolConfig::new().max_size(CONNECTIONS);
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose_secret())
            .map_err(PostError::Address)?
            .pool_config(pool)
            .build();
        Ok(Self { from, way: Way::Smtp(transport) })
    }

    async fn send_now(&self, mail: &Mail) -> Result<(), SendFailure> {
        let refused = |error: &dyn std::error::Error| SendFailure::Refused(error.to_string());
        let to: Address = mail.to.as_str().parse().map_err(|error| refused(&error))?;
        let message = Message::builder().from(self.from.clone()).to(to.into()).subject(&mail.subject);
        let message = match &mail.file {
            None => message.header(ContentType::TEXT_PLAIN).body(mail.body.clone()),
            Some(file) => message.multipart(with_file(&mail.body, file).map_err(|error| refused(&error))?),
        };
        let message = message.map_err(|error| refused(&error))?;
        match &self.way {
            Way::Folder(folder) => match folder.send(message).await {
                Ok(_) => Ok(()),
                Err(error) => Err(SendFailure::NotNow(error.to_string())),
            },
            Way::Smtp(server) => match server.send(message).await {
                Ok(_) => Ok(()),
                Err(error) if error.is_permanent() => Err(refused(&error)),
                Err(error) => Err(SendFailure::NotNow(error.to_string())),
            },
        }
    }
}

/// The text, and the file beside it.
fn with_file(body: &str, file: &ports::Attachment) -> Result<MultiPart, ContentTypeErr> {
    let kind = ContentType::parse(file.mime)?;
    let attached = Attachment::new(file.name.clone()).body(file.content.clone(), kind);
    Ok(MultiPart::mixed().singlepart(SinglePart::plain(body.to_owned())).singlepart(attached))
}

impl Mailer for Post {
    fn send<'a>(&'a self, mail: &'a Mail) -> Answer<'a, Result<(), SendFailure>> {
        Box::pin(self.send_now(mail))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_mail_becomes_a_file_that_a_mail_program_reads() {
        let folder = tempfile::tempdir().unwrap();
        let mailbox = folder.path().join("mail");
        let post = Post::to_folder(&mailbox, "Ramal <ramal@localhost>".parse().unwrap()).unwrap();
        let link = format!("https://ramal.test/reset?token={}", "x".repeat(43));
        let mail = Mail {
            to: "ana@example.com".parse().unwrap(),
            subject: "Elija una contraseña nueva".to_owned(),
            body: format!("Hola, Ñandú:\n\n{link}\n"),
            file: None,
        };
        post.send(&mail).await.unwrap();
        let files: Vec<_> = std::fs::read_dir(&mailbox).unwrap().map(|file| file.unwrap().path()).collect();
        assert_eq!(files.len(), 1);
        assert_eq!(files[0].extension().unwrap(), "eml");
        let text = std::fs::read_to_string(&files[0]).unwrap();
        assert!(text.contains("To: ana@example.com") && text.contains("From: Ramal <ramal@localhost>"), "{text}");
    }

    #[tokio::test]
    async fn a_mail_brings_its_file_under_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let post = Post::to_folder(folder.path(), "Ramal <ramal@localhost>".parse().unwrap()).unwrap();
        let content = b"numero,total\r\nF-1,10.00\r\n".to_vec();
        let mail = Mail {
            to: "ana@example.com".parse().unwrap(),
            subject: "Informe".to_owned(),
            body: "Adjunto va.".to_owned(),
            file: Some(ports::Attachment { name: "facturas.csv".to_owned(), mime: "text/csv; charset=utf-8", content }),
        };
        post.send(&mail).await.unwrap();
        let file = std::fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap().path();
        let text = std::fs::read_to_string(file).unwrap();
        assert!(text.contains("multipart/mixed") && text.contains("filename=\"facturas.csv\""), "{text}");
        assert!(text.contains("Adjunto va.") && text.contains("text/csv"), "{text}");
    }
}
