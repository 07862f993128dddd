use domain::Attachment;
use store::Context;
use store::attachments;

use super::visit::problem;
use crate::serve::Problem;
use crate::sheets::{FileSheet, Waiting};

/// What the reader has sent for the forms of a page.
pub async fn waiting(ctx: &Context, page: &str) -> Result<Waiting, Problem> {
    let sent = attachments::of_page(ctx, page).await.map_err(problem)?;
    let files = sent.into_iter().map(|upload| FileSheet {
        id: upload.id,
        name: upload.name.as_str().to_owned(),
        size: upload.size,
        is_image: upload.kind.is_some_and(|kind| kind.is_image()),
        has_preview: upload.kind.is_some_and(|kind| kind.has_preview()),
        whole: upload.kind.is_some(),
        form: upload.form,
    });
    Ok(Waiting {
        files: files.collect(),
        max: ctx.store.policy().attachment,
    })
}

pub fn file(attachment: &Attachment) -> FileSheet {
    FileSheet {
        id: attachment.id,
        name: attachment.name.as_str().to_owned(),
        size: attachment.size,
        is_image: attachment.kind.is_image(),
        has_preview: attachment.kind.has_preview(),
        whole: true,
        form: String::new(),
    }
}
