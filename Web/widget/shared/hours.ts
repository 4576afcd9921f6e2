/** One day of an inbox's week as the API has it; 0 is Sunday. */
export interface WorkingDay {
    day_of_week: number;
    closed_all_day?: boolean;
    open_all_day?: boolean;
    open_hour?: number | null;
    open_minutes?: number | null;
    close_hour?: number | null;
    close_minutes?: number | null;
}
