use domain::{Role, UserId};

use super::UNDER_WAY;
use crate::Error;
use crate::dialect::{Conn, Sql};

/// The orders under way that somebody answers for in a role: (id, number).
pub(crate) async fn answered_for(
    connection: &mut Conn,
    user: UserId,
    role: &Role,
) -> Result<Vec<(i64, String)>, Error> {
    let mut query = Sql::new("SELECT id, number FROM orders WHERE ");
    // A merge can be undone.
    query
        .push("(stage = 'merged' OR ")
        .push(&*UNDER_WAY)
        .push(") AND ");
    match (role.enterprise(), role.body()) {
        (Some(enterprise), _) => {
            query.push("member = ").push_bind(user);
            query.push(" AND enterprise = ").push_bind(enterprise);
        }
        (None, Some(body)) => {
            query.push("handler = ").push_bind(user);
            query
                .push(" AND lead = ")
                .push_bind(body.as_str().to_owned());
        }
        (None, None) => return Ok(Vec::new()),
    }
    query.push(" ORDER BY id");
    Ok(query.build_query_as().fetch_all(connection).await?)
}
