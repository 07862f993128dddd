//! The tasks by themselves of the demo, told through the real rules.

use std::collections::BTreeMap;

use chrono::NaiveTime;
use domain::task::{GivingDraft, TaskNumber, TaskStepName};
use domain::{Field, Typed};
use serde::Deserialize;
use store::{Context, tasks};

use super::DemoError;
use super::tale::moment;

const TASKS: &str = include_str!("../../demo/tasks.csv");

/// Something that is done with the task of that name, as a form would have it.
#[derive(Deserialize)]
pub struct Act {
    task: String,
    moment: String,
    pub account: String,
    step: String,
    text: String,
    /// Of a confirmation: whether it is done.
    owner: String,
    deadline: String,
    proof: String,
    basis: String,
    co_owners: String,
}

pub fn read() -> Result<Vec<Act>, DemoError> {
    let rows = csv::Reader::from_reader(TASKS.as_bytes()).into_deserialize();
    Ok(rows.collect::<Result<_, csv::Error>>()?)
}

impl Act {
    /// Working days ago, and the time of that day.
    pub fn moment(&self) -> Result<(i64, NaiveTime), DemoError> {
        moment(&self.moment).map_err(|wrong| self.wrong(wrong))
    }

    fn wrong(&self, wrong: &'static str) -> DemoError {
        DemoError::Tale {
            title: self.task.clone(),
            wrong,
        }
    }

    /// `given`: numbers by the name of the task. What is about one that has not been given yet
    /// is left out.
    pub async fn play(
        &self,
        ctx: &Context,
        given: &mut BTreeMap<String, TaskNumber>,
    ) -> Result<(), DemoError> {
        let step = TaskStepName::parse(&self.step).ok_or_else(|| self.wrong("a step"))?;
        if step == TaskStepName::Give {
            let draft = GivingDraft::read(&self.typed());
            let number = tasks::give(ctx, draft, Vec::new()).await?;
            given.insert(self.task.clone(), number);
            return Ok(());
        }
        let Some(number) = given.get(&self.task).copied() else {
            return Ok(());
        };
        let form = step.form().ok_or_else(|| self.wrong("a step"))?;
        let reading = app::serve::door::reading(ctx);
        let wish = (form.read)(&self.typed(), &reading)?;
        tasks::carry_out(ctx, number, wish).await?;
        Ok(())
    }

    fn typed(&self) -> Typed {
        let fields = [
            (Field::Title, &self.task),
            (Field::TaskText, &self.text),
            (Field::Note, &self.text),
            (Field::Owner, &self.owner),
            (Field::Grant, &self.owner),
            (Field::Deadline, &self.deadline),
            (Field::Proof, &self.proof),
            (Field::Basis, &self.basis),
        ];
        let fields = fields.map(|(field, text)| (field.code().to_owned(), text.clone()));
        let helps = self.co_owners.split_whitespace();
        let helps = helps.map(|body| (Field::CoOwners.code().to_owned(), body.to_owned()));
        fields.into_iter().chain(helps).collect()
    }
}
