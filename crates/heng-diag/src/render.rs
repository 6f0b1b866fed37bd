pub enum Format { Text, Json, Short } pub fn render(){} pub fn render_all(){}
